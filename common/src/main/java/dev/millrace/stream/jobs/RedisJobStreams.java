package dev.millrace.stream.jobs;

import dev.millrace.job.Band;
import dev.millrace.job.EntryId;
import dev.millrace.job.Job;
import dev.millrace.job.QueueName;
import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.entries.EntryCodec;
import dev.millrace.stream.entries.EntryKey;
import dev.millrace.stream.entries.Lane;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.redis.FunctionCall;
import dev.millrace.stream.redis.FunctionLibrary;
import dev.millrace.stream.redis.RedisLink;
import dev.millrace.stream.redis.RedisTime;
import dev.millrace.stream.redis.Replies;
import dev.millrace.stream.redis.Requests;
import dev.millrace.stream.redis.ServerInfo;
import dev.millrace.stream.redis.StreamsUnavailable;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** {@link JobStreams} on a Redis whose library is {@link FunctionLibrary}'s. */
public final class RedisJobStreams implements JobStreams {

    private static final Logger LOG = Logger.getLogger(RedisJobStreams.class);
    private static final int STRAYS = Batch.MAX;

    /** How Redis refuses, before it does anything, what might need room that it has not. */
    private static final String OUT_OF_MEMORY = "OOM";

    private final RedisLink link;
    private final StreamNames names;
    private final String consumer;
    private final LaneReader reader;

    /**
     * Speaks for one consumer.
     *
     * @param link for calls that do not block
     * @param blocking a link of its own for {@link #await}
     */
    public RedisJobStreams(RedisLink link, RedisLink blocking, StreamNames names, String consumer) {
        this.link = link;
        this.names = names;
        this.consumer = consumer;
        this.reader = new LaneReader(link, blocking, names, consumer);
    }

    @Override
    public Instant time() {
        return new RedisTime(link).now();
    }

    @Override
    public Duration uptime() {
        String seconds = ServerInfo.of(link, "server").getOrDefault("uptime_in_seconds", "0");
        return Duration.ofSeconds(Long.parseLong(seconds));
    }

    @Override
    public int epoch() {
        return function("mr_epoch_1").on(link).toInteger();
    }

    @Override
    public void bless(int epoch) {
        function("mr_bless_1").arg(epoch).on(link);
    }

    @Override
    public void markEnded(List<EndedRun> runs) {
        FunctionCall call = new FunctionCall("mr_ended_1");
        for (EndedRun run : runs) {
            call.key(names.markerPrefix() + run.job()).arg(run.epoch() + "." + run.run());
        }
        call.on(link);
    }

    @Override
    public long live(QueueName queue, Band band) {
        return reader.length(Lane.of(queue, band)).orElse(Long.MAX_VALUE);
    }

    @Override
    public List<Admission> enqueue(Mode mode, Instant asOf, List<Job> jobs) {
        Batch.check(jobs);
        try {
            return admissions(jobs, enqueueCall(mode, asOf, jobs).on(link));
        } catch (StreamsUnavailable.Refused refused) {
            if (!refused.code().equals(OUT_OF_MEMORY)) {
                throw refused;
            }
            return Collections.nCopies(jobs.size(), Admission.FULL);
        }
    }

    private static List<Admission> admissions(List<Job> jobs, Response replies) {
        if (replies.size() == 1 && replies.get(0).toString().equals("LATE")) {
            return Collections.nCopies(jobs.size(), Admission.LATE);
        }
        return Replies.each(replies, reply -> reply.equals("DUP") ? Admission.DUPLICATE : Admission.valueOf(reply));
    }

    private FunctionCall enqueueCall(Mode mode, Instant asOf, List<Job> jobs) {
        FunctionCall call = function("mr_enqueue_1").key(names.events());
        call.key(names.delays()).key(names.timers()).key(names.timerJobs());
        List<Lane> lanes = jobs.stream().map(RedisJobStreams::bandOf).distinct().toList();
        for (Lane lane : lanes) {
            call.key(names.lane(lane)).key(names.lane(Lane.suspect(lane.queue())));
        }
        call.arg(mode.name()).arg(asOf.toEpochMilli()).arg(lanes.size());
        call.arg(StreamNames.WORKERS).arg(StreamNames.SCHEDULER);
        for (Job job : jobs) {
            List<String> fields = EntryCodec.fields(job);
            call.key(names.markerPrefix() + job.id());
            call.arg(lanes.indexOf(bandOf(job)) + 1).arg(job.run()).arg(fields.size());
            fields.forEach(call::arg);
        }
        return call;
    }

    @Override
    public List<Delivery> take(QueueName queue, int n) {
        return take(
                queue,
                Arrays.stream(Band.values()).map(band -> Lane.of(queue, band)).toList(),
                n);
    }

    @Override
    public List<Delivery> takeSuspect(QueueName queue) {
        return take(queue, List.of(Lane.suspect(queue)), 1);
    }

    private List<Delivery> take(QueueName queue, List<Lane> lanes, int n) {
        FunctionCall call = function("mr_take_1").key(names.events()).key(names.paused(queue));
        lanes.forEach(lane -> call.lane(names, lane));
        Response taken = ours(call).arg(n).on(link);
        return deliveries(taken, lanes, entry -> 1);
    }

    @Override
    public List<Delivery> await(List<QueueName> queues, Duration atMost) {
        return admitted(reader.await(queues, atMost));
    }

    @Override
    public List<Delivery> strays(QueueName queue, Set<EntryKey> known, Duration idle) {
        return admitted(reader.strays(queue, known, idle, STRAYS));
    }

    /** Starts entries that were read raw; only what the functions admit is sure to be readable. */
    private List<Delivery> admitted(List<LaneReader.Raw> found) {
        Map<QueueName, List<LaneReader.Raw>> byQueue =
                found.stream().collect(Collectors.groupingBy(raw -> raw.lane().queue()));
        List<Delivery> admitted = new ArrayList<>(found.size());
        byQueue.forEach((queue, raws) -> admitted.addAll(admitted(queue, raws)));
        return admitted;
    }

    private List<Delivery> admitted(QueueName queue, List<LaneReader.Raw> found) {
        FunctionCall call = startCall(queue, found.size());
        found.forEach(raw -> Arguments.start(call, raw.lane(), raw.entry(), raw.delivery(), raw.target()));
        Response replies = call.on(link);
        List<Delivery> admitted = new ArrayList<>(found.size());
        for (int i = 0; i < found.size(); i++) {
            if (replies.get(i).toString().equals("GO")) {
                LaneReader.Raw raw = found.get(i);
                read(raw.lane(), raw.entry(), raw.delivery(), raw.fields()).ifPresent(admitted::add);
            }
        }
        return admitted;
    }

    @Override
    public List<Admit> start(List<Delivery> entries) {
        Batch.check(entries);
        if (entries.isEmpty()) {
            return List.of();
        }
        FunctionCall call = startCall(entries.getFirst().lane().queue(), entries.size());
        entries.forEach(one ->
                Arguments.start(call, one.lane(), one.entry(), one.token().delivery(), backTo(one)));
        return Replies.each(call.on(link), Admit::valueOf);
    }

    private FunctionCall startCall(QueueName queue, int n) {
        FunctionCall call = function("mr_start_1").key(names.events()).key(names.paused(queue));
        Lane.all(queue).forEach(lane -> call.lane(names, lane));
        return ours(call).arg(n);
    }

    @Override
    public Set<EntryKey> report(List<ProgressReport> reports) {
        Batch.check(reports);
        FunctionCall call = function("mr_note_1").key(names.events());
        reports.forEach(report -> call.lane(names, report.delivery().lane()));
        call.arg(StreamNames.WORKERS).arg(consumer);
        reports.forEach(report -> Arguments.report(call, report));
        return keys(
                call.on(link), reports.stream().map(ProgressReport::delivery).toList());
    }

    @Override
    public List<Settled> finish(List<Finish> finishes) {
        Batch.check(finishes);
        FunctionCall call = function("mr_finish_1").key(names.events());
        finishes.forEach(finish -> call.lane(names, finish.delivery().lane()));
        ours(call).arg(finishes.size());
        finishes.forEach(finish -> Arguments.finish(call, finish));
        return Replies.each(call.on(link), Settled::valueOf);
    }

    @Override
    public List<Settled> handback(List<Delivery> entries) {
        Batch.check(entries);
        FunctionCall call = function("mr_handback_1").key(names.events());
        for (Delivery entry : entries) {
            call.lane(names, entry.lane()).lane(names, backTo(entry));
        }
        ours(call);
        entries.forEach(one ->
                Arguments.start(call, one.lane(), one.entry(), one.token().delivery(), backTo(one)));
        return Replies.each(call.on(link), Settled::valueOf);
    }

    @Override
    public List<Settled> defer(List<Deferral> deferrals) {
        Batch.check(deferrals);
        FunctionCall call = function("mr_defer_1").key(names.events()).key(names.delays());
        deferrals.forEach(deferral -> call.lane(names, deferral.delivery().lane()));
        ours(call).arg(deferrals.size());
        deferrals.forEach(deferral -> Arguments.deferral(call, deferral));
        return Replies.each(call.on(link), Settled::valueOf);
    }

    @Override
    public List<Cancellation> cancel(List<Cancel> cancels) {
        Batch.check(cancels);
        FunctionCall call = function("mr_cancel_1").key(names.events());
        call.key(names.delays()).key(names.timers()).key(names.timerJobs());
        List<QueueName> queues = cancels.stream().map(Cancel::queue).distinct().toList();
        queues.forEach(queue -> Lane.all(queue).forEach(lane -> call.lane(names, lane)));
        call.arg(StreamNames.WORKERS).arg(StreamNames.SCHEDULER).arg(names.markerPrefix());
        cancels.forEach(cancel -> Arguments.cancel(call, cancel, queues.indexOf(cancel.queue()) + 1));
        return Replies.each(call.on(link), Cancellation::valueOf);
    }

    @Override
    public void pause(QueueName queue) {
        function("mr_pause_1").key(names.paused(queue)).on(link);
    }

    @Override
    public void resume(QueueName queue) {
        function("mr_resume_1").key(names.paused(queue)).on(link);
    }

    @Override
    public Renewal renew(Duration lease, List<Delivery> entries) {
        Renewal all = renewOnce(lease, entries.subList(0, Math.min(Batch.MAX, entries.size())));
        for (int from = Batch.MAX; from < entries.size(); from += Batch.MAX) {
            all = all.and(renewOnce(lease, entries.subList(from, Math.min(from + Batch.MAX, entries.size()))));
        }
        return all;
    }

    private Renewal renewOnce(Duration lease, List<Delivery> entries) {
        FunctionCall call = function("mr_renew_1").key(names.workerPrefix() + consumer);
        entries.forEach(entry -> call.lane(names, entry.lane()));
        ours(call).arg(lease.toMillis());
        entries.forEach(entry -> Arguments.renewal(call, entry));
        Response reply = call.on(link);
        return new Renewal(keys(reply.get(0), entries), keys(reply.get(1), entries));
    }

    @Override
    public List<Delivery> reclaim(QueueName queue, int n, Duration lease) {
        FunctionCall call = function("mr_reclaim_1").key(names.events()).key(names.paused(queue));
        call.key(names.lane(Lane.suspect(queue)));
        List<Lane> bands =
                Arrays.stream(Band.values()).map(band -> Lane.of(queue, band)).toList();
        bands.forEach(band -> call.lane(names, band));
        Response taken = ours(call)
                .arg(n)
                .arg(lease.toMillis())
                .arg(names.workerPrefix())
                .on(link);
        return deliveries(taken, bands, entry -> entry.get(3).toInteger());
    }

    @Override
    public long suspects(QueueName queue) {
        return reader.undelivered(Lane.suspect(queue));
    }

    @Override
    public boolean holdSuspectLock(QueueName queue, Duration lease) {
        FunctionCall call = function("mr_lone_1").key(names.suspectLock(queue)).arg(consumer);
        return call.arg(lease.toMillis()).on(link).toInteger() == 1;
    }

    @Override
    public void releaseSuspectLock(QueueName queue) {
        function("mr_unlone_1").key(names.suspectLock(queue)).arg(consumer).on(link);
    }

    @Override
    public void projected(List<EntryId> events, List<EndedRun> ended) {
        FunctionCall call = function("mr_projected_1").key(names.events());
        call.arg(StreamNames.PROJECTION).arg(events.size());
        events.forEach(event -> call.arg(event.toString()));
        for (EndedRun run : ended) {
            call.key(names.markerPrefix() + run.job()).arg(run.epoch() + "." + run.run());
        }
        call.on(link);
    }

    @Override
    public boolean forget(Lane lane, String gone) {
        FunctionCall call = function("mr_forget_1").key(names.lane(lane));
        return call.arg(StreamNames.WORKERS).arg(gone).on(link).toString().equals("DONE");
    }

    @Override
    public void forgetGone(QueueName queue) {
        for (Lane lane : Lane.all(queue)) {
            reader.consumersOf(lane).stream().filter(this::gone).forEach(name -> forget(lane, name));
        }
    }

    @Override
    public void leave(List<QueueName> queues) {
        link.call(Requests.of(Command.DEL, names.workerPrefix() + consumer));
        for (QueueName queue : queues) {
            Lane.all(queue).forEach(lane -> forget(lane, consumer));
        }
    }

    private boolean gone(String worker) {
        return Replies.present(link.call(Requests.of(Command.EXISTS, names.workerPrefix() + worker)))
                        .toInteger()
                == 0;
    }

    private FunctionCall function(String name) {
        return new FunctionCall(name).key(names.epoch());
    }

    private FunctionCall ours(FunctionCall call) {
        return call.arg(StreamNames.WORKERS).arg(consumer).arg(names.markerPrefix());
    }

    /** Where a handback brings an entry: a suspect stays one, else it would kill its next neighbours too. */
    private static Lane backTo(Delivery entry) {
        return entry.lane().isSuspect() ? entry.lane() : bandOf(entry.job());
    }

    private static Lane bandOf(Job job) {
        return Lane.of(job.queue(), job.band());
    }

    private static List<Delivery> deliveries(Response taken, List<Lane> lanes, Function<Response, Integer> delivery) {
        List<Delivery> deliveries = new ArrayList<>(taken.size());
        for (Response entry : taken) {
            Lane lane = lanes.get(entry.get(0).toInteger() - 1);
            EntryId id = EntryId.parse(entry.get(1).toString());
            read(lane, id, delivery.apply(entry), Replies.fields(entry.get(2))).ifPresent(deliveries::add);
        }
        return deliveries;
    }

    /** Should the functions ever admit what cannot be read here, it costs itself and not its neighbours. */
    private static Optional<Delivery> read(Lane lane, EntryId id, int delivery, Map<String, String> fields) {
        try {
            return Optional.of(EntryCodec.delivery(lane, id, delivery, fields));
        } catch (IllegalArgumentException | IllegalStateException unreadable) {
            LOG.errorf(unreadable, "Entry %s of %s was admitted and cannot be read; it stays pending here.", id, lane);
            return Optional.empty();
        }
    }

    private static Set<EntryKey> keys(Response numbers, List<Delivery> entries) {
        Set<EntryKey> keys = new HashSet<>();
        numbers.forEach(number -> keys.add(EntryKey.of(entries.get(number.toInteger() - 1))));
        return keys;
    }
}
