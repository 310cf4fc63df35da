package dev.millrace.stream.timers;

import dev.millrace.job.EntryId;
import dev.millrace.stream.entries.StreamEntry;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.groups.GroupReader;
import dev.millrace.stream.groups.SilentConsumers;
import dev.millrace.stream.jobs.Batch;
import dev.millrace.stream.redis.FunctionCall;
import dev.millrace.stream.redis.FunctionLibrary;
import dev.millrace.stream.redis.RedisLink;
import dev.millrace.stream.redis.RedisTime;
import dev.millrace.stream.redis.Requests;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** {@link TimerStreams} on a Redis whose library is {@link FunctionLibrary}'s. */
public final class RedisTimerStreams implements TimerStreams {

    /** Redis takes none at all for forever. */
    private static final Duration SHORTEST_BLOCK = Duration.ofMillis(1);

    private final RedisLink link;
    private final StreamNames names;
    private final String scheduler;
    private final GroupReader reader;
    private final GroupReader claimer;
    private final SilentConsumers silent;

    /**
     * Speaks for one scheduler.
     *
     * @param link for calls that do not block
     * @param blocking a link of its own for {@link #delayed}
     */
    public RedisTimerStreams(RedisLink link, RedisLink blocking, StreamNames names, String scheduler) {
        this.link = link;
        this.names = names;
        this.scheduler = scheduler;
        this.reader = new GroupReader(blocking, names.delays(), StreamNames.SCHEDULER, scheduler);
        this.claimer = new GroupReader(link, names.delays(), StreamNames.SCHEDULER, scheduler);
        this.silent = new SilentConsumers(link, names, names.delays(), StreamNames.SCHEDULER);
    }

    @Override
    public int epoch() {
        return new FunctionCall("mr_epoch_1").key(names.epoch()).on(link).toInteger();
    }

    @Override
    public List<EntryId> delayed(int n, Duration atMost) {
        Duration block = atMost.compareTo(SHORTEST_BLOCK) < 0 ? SHORTEST_BLOCK : atMost;
        return ids(reader.read(n, block));
    }

    @Override
    public List<EntryId> unheld(int n) {
        return ids(claimer.own(n));
    }

    @Override
    public List<EntryId> abandoned(int n, Duration idle) {
        return ids(claimer.claim(n, idle));
    }

    @Override
    public int hold(List<EntryId> entries) {
        if (entries.isEmpty()) {
            return 0;
        }
        Batch.check(entries);
        FunctionCall call = timersCall("mr_hold_1", names.delays());
        call.arg(StreamNames.SCHEDULER).arg(names.markerPrefix());
        entries.forEach(entry -> call.arg(entry.toString()));
        return call.on(link).toInteger();
    }

    @Override
    public int holdNew(int n) {
        FunctionCall call = timersCall("mr_hold_new_1", names.delays());
        call.arg(StreamNames.SCHEDULER).arg(scheduler).arg(names.markerPrefix());
        return call.arg(Math.min(n, Batch.MAX)).on(link).toInteger();
    }

    @Override
    public Released release(int n) {
        FunctionCall call = timersCall("mr_release_1");
        Response reply = call.arg(names.markerPrefix())
                .arg(names.queuePrefix())
                .arg(Math.min(n, Batch.MAX))
                .on(link);
        long next = reply.get(1).toLong();
        List<Duration> late = new ArrayList<>(reply.size() - 2);
        for (int i = 2; i < reply.size(); i++) {
            late.add(Duration.ofMillis(reply.get(i).toLong()));
        }
        return new Released(
                Instant.ofEpochMilli(reply.get(0).toLong()), late, next < 0 ? null : Instant.ofEpochMilli(next));
    }

    @Override
    public Backlog backlog() {
        long now = new RedisTime(link).now().toEpochMilli();
        List<Response> counts = link.batch(List.of(
                Requests.of(Command.XLEN, names.delays()),
                Requests.of(Command.ZCARD, names.timers()),
                Requests.of(Command.ZCOUNT, names.timers(), "-inf", now)));
        return new Backlog(
                counts.get(0).toLong(), counts.get(1).toLong(), counts.get(2).toLong());
    }

    @Override
    public int forgetSilent(Duration silence) {
        return silent.forget(silence);
    }

    @Override
    public void leave() {
        FunctionCall call = new FunctionCall("mr_forget_1").key(names.epoch()).key(names.delays());
        call.arg(StreamNames.SCHEDULER).arg(scheduler).on(link);
    }

    private FunctionCall timersCall(String name, String... lanes) {
        FunctionCall call = new FunctionCall(name).key(names.epoch()).key(names.events());
        for (String lane : lanes) {
            call.key(lane);
        }
        return call.key(names.timers()).key(names.timerJobs());
    }

    private static List<EntryId> ids(List<StreamEntry> entries) {
        return entries.stream().map(StreamEntry::id).toList();
    }
}
