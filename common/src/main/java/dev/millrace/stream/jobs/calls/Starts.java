package dev.millrace.stream.jobs.calls;

import dev.millrace.job.QueueName;
import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.entries.EntryCodec;
import dev.millrace.stream.entries.Lane;
import dev.millrace.stream.redis.FunctionCall;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Starts entries for a consumer: what it takes, and what it finds. */
final class Starts {

    private final Caller caller;

    Starts(Caller caller) {
        this.caller = caller;
    }

    /** Takes and starts up to {@code n} entries of these lanes of a queue, in their order. */
    List<Delivery> take(QueueName queue, List<Lane> lanes, int n) {
        FunctionCall call = caller.function("mr_take_2")
                .key(caller.names().events())
                .key(caller.names().paused(queue));
        lanes.forEach(lane -> call.lane(caller.names(), lane));
        Response taken = caller.ours(call).arg(n).on(caller.link());
        return Entries.of(taken, lanes, entry -> 1);
    }

    /**
     * Starts entries that a plain read has just given to the consumer. Of those that have lain there for a moment only, and that
     * nothing limits, the markers decide; of what these do not pass, and of the rest, a function does.
     */
    List<Delivery> startNew(List<LaneReader.Raw> found) {
        List<Candidate> candidates = new ArrayList<>(found.size());
        List<LaneReader.Raw> others = new ArrayList<>();
        found.forEach(raw -> Candidate.of(raw).ifPresentOrElse(candidates::add, () -> others.add(raw)));
        Set<Integer> refused = refused(candidates);
        List<Delivery> admitted = new ArrayList<>(found.size());
        for (int i = 0; i < candidates.size(); i++) {
            if (refused.contains(i + 1)) {
                others.add(candidates.get(i).raw());
            } else {
                admitted.add(candidates.get(i).delivery());
            }
        }
        admitted.addAll(start(others));
        return admitted;
    }

    /** An entry that may run if its job's marker is this one. */
    private record Candidate(LaneReader.Raw raw, String marker, Delivery delivery) {

        static Optional<Candidate> of(LaneReader.Raw raw) {
            return EntryCodec.markerOf(raw.lane(), raw.entry(), raw.fields())
                    .flatMap(marker -> Entries.readable(raw.lane(), raw.entry(), raw.delivery(), raw.fields())
                            .map(delivery -> new Candidate(raw, marker, delivery)));
        }
    }

    /** The numbers, from 1, of those that may not start at once. */
    private Set<Integer> refused(List<Candidate> candidates) {
        Set<Integer> refused = new HashSet<>();
        if (!candidates.isEmpty()) {
            FunctionCall call = caller.function("mr_admit_1");
            List<QueueName> queues = candidates.stream()
                    .map(one -> one.raw().lane().queue())
                    .distinct()
                    .toList();
            queues.forEach(queue -> call.key(caller.names().paused(queue)));
            call.arg(queues.size());
            for (Candidate one : candidates) {
                call.key(caller.names().markerPrefix() + one.delivery().job().id())
                        .arg(one.marker());
            }
            call.on(caller.link()).forEach(number -> refused.add(number.toInteger()));
        }
        return refused;
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
        FunctionCall call = caller.function("mr_start_3")
                .key(caller.names().events())
                .key(caller.names().paused(queue));
        Lane.all(queue).forEach(lane -> call.lane(caller.names(), lane));
        return caller.ours(call).arg(n);
    }
}
