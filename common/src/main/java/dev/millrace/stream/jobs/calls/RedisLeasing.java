package dev.millrace.stream.jobs.calls;

import dev.millrace.job.Band;
import dev.millrace.job.QueueName;
import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.entries.EntryKey;
import dev.millrace.stream.entries.Lane;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.jobs.Batch;
import dev.millrace.stream.jobs.Leasing;
import dev.millrace.stream.redis.FunctionCall;
import dev.millrace.stream.redis.Replies;
import dev.millrace.stream.redis.Requests;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** {@link Leasing} by functions, and by what Redis knows of consumers. */
final class RedisLeasing implements Leasing {

    private static final int STRAYS = Batch.MAX;

    private final Caller caller;
    private final Starts starts;
    private final LaneReader lanes;

    RedisLeasing(Caller caller, Starts starts, LaneReader lanes) {
        this.caller = caller;
        this.starts = starts;
        this.lanes = lanes;
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
        FunctionCall call = caller.function("mr_renew_1").key(caller.names().workerPrefix() + caller.consumer());
        entries.forEach(entry -> call.lane(caller.names(), entry.lane()));
        caller.ours(call).arg(lease.toMillis());
        entries.forEach(entry -> Arguments.renewal(call, entry));
        Response reply = call.on(caller.link());
        return new Renewal(Entries.keys(reply.get(0), entries), Entries.keys(reply.get(1), entries));
    }

    @Override
    public List<Delivery> reclaim(QueueName queue, int n, Duration lease) {
        FunctionCall call = caller.function("mr_reclaim_2")
                .key(caller.names().events())
                .key(caller.names().paused(queue));
        call.key(caller.names().lane(Lane.suspect(queue)));
        List<Lane> bands =
                Arrays.stream(Band.values()).map(band -> Lane.of(queue, band)).toList();
        bands.forEach(band -> call.lane(caller.names(), band));
        Response taken = caller.ours(call)
                .arg(n)
                .arg(lease.toMillis())
                .arg(caller.names().workerPrefix())
                .on(caller.link());
        return Entries.of(taken, bands, entry -> entry.get(3).toInteger());
    }

    @Override
    public List<Delivery> strays(QueueName queue, Set<EntryKey> known, Duration idle) {
        return starts.start(lanes.strays(queue, known, idle, STRAYS));
    }

    @Override
    public boolean forget(Lane lane, String gone) {
        FunctionCall call = caller.function("mr_forget_1").key(caller.names().lane(lane));
        return call.arg(StreamNames.WORKERS)
                .arg(gone)
                .on(caller.link())
                .toString()
                .equals("DONE");
    }

    @Override
    public void forgetGone(QueueName queue) {
        for (Lane lane : Lane.all(queue)) {
            lanes.consumersOf(lane).stream().filter(this::gone).forEach(name -> forget(lane, name));
        }
    }

    @Override
    public void leave(List<QueueName> queues) {
        caller.link().call(Requests.of(Command.DEL, caller.names().workerPrefix() + caller.consumer()));
        for (QueueName queue : queues) {
            Lane.all(queue).forEach(lane -> forget(lane, caller.consumer()));
        }
    }

    private boolean gone(String worker) {
        return Replies.present(caller.link()
                                .call(Requests.of(Command.EXISTS, caller.names().workerPrefix() + worker)))
                        .toInteger()
                == 0;
    }
}
