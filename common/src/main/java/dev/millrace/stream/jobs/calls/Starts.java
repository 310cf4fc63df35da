package dev.millrace.stream.jobs.calls;

import dev.millrace.job.QueueName;
import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.entries.Lane;
import dev.millrace.stream.redis.FunctionCall;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Starts entries for a consumer: what it takes, and what it finds. */
final class Starts {

    private final Caller caller;

    Starts(Caller caller) {
        this.caller = caller;
    }

    /** Takes and starts up to {@code n} entries of these lanes of a queue, in their order. */
    List<Delivery> take(QueueName queue, List<Lane> lanes, int n) {
        FunctionCall call = caller.function("mr_take_1")
                .key(caller.names().events())
                .key(caller.names().paused(queue));
        lanes.forEach(lane -> call.lane(caller.names(), lane));
        Response taken = caller.ours(call).arg(n).on(caller.link());
        return Entries.of(taken, lanes, entry -> 1);
    }

    /** Starts entries that were read raw; only what the functions admit is sure to be readable. */
    List<Delivery> start(List<LaneReader.Raw> found) {
        Map<QueueName, List<LaneReader.Raw>> byQueue =
                found.stream().collect(Collectors.groupingBy(raw -> raw.lane().queue()));
        List<Delivery> admitted = new ArrayList<>(found.size());
        byQueue.forEach((queue, raws) -> admitted.addAll(start(queue, raws)));
        return admitted;
    }

    private List<Delivery> start(QueueName queue, List<LaneReader.Raw> found) {
        FunctionCall call = call(queue, found.size());
        found.forEach(raw -> Arguments.start(call, raw.lane(), raw.entry(), raw.delivery(), raw.target()));
        Response replies = call.on(caller.link());
        List<Delivery> admitted = new ArrayList<>(found.size());
        for (int i = 0; i < found.size(); i++) {
            if (replies.get(i).toString().equals("GO")) {
                LaneReader.Raw raw = found.get(i);
                Entries.read(raw.lane(), raw.entry(), raw.delivery(), raw.fields())
                        .ifPresent(admitted::add);
            }
        }
        return admitted;
    }

    /** Begins a call that starts {@code n} entries of a queue. */
    FunctionCall call(QueueName queue, int n) {
        FunctionCall call = caller.function("mr_start_2")
                .key(caller.names().events())
                .key(caller.names().paused(queue));
        Lane.all(queue).forEach(lane -> call.lane(caller.names(), lane));
        return caller.ours(call).arg(n);
    }
}
