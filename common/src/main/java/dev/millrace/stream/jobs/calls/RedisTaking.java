package dev.millrace.stream.jobs.calls;

import dev.millrace.job.Band;
import dev.millrace.job.QueueName;
import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.entries.Lane;
import dev.millrace.stream.jobs.Batch;
import dev.millrace.stream.jobs.Taking;
import dev.millrace.stream.jobs.calls.LaneReader.Raw;
import dev.millrace.stream.redis.FunctionCall;
import dev.millrace.stream.redis.Replies;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** {@link Taking} by functions, and by waiting outside of them. */
final class RedisTaking implements Taking {

    private final Caller caller;
    private final Starts starts;
    private final LaneReader lanes;

    /** Queues whose latest read gave jobs that may run: whether these are paused, the next start says too. */
    private final Set<QueueName> seenOpen = ConcurrentHashMap.newKeySet();

    RedisTaking(Caller caller, Starts starts, LaneReader lanes) {
        this.caller = caller;
        this.starts = starts;
        this.lanes = lanes;
    }

    @Override
    public List<Delivery> take(QueueName queue, int n) {
        return starts.take(
                queue,
                Arrays.stream(Band.values()).map(band -> Lane.of(queue, band)).toList(),
                n);
    }

    @Override
    public List<Delivery> await(List<QueueName> queues, int n, Duration atMost) {
        List<QueueName> open = open(queues);
        if (open.isEmpty()) {
            return List.of();
        }
        seenOpen.removeAll(open);
        List<Raw> found = lanes.await(open, n, atMost);
        List<Delivery> admitted = starts.startNew(found);
        if (admitted.size() == found.size()) {
            found.forEach(raw -> seenOpen.add(raw.lane().queue()));
        }
        return admitted;
    }

    private List<QueueName> open(List<QueueName> queues) {
        Set<QueueName> paused = lanes.paused(
                queues.stream().filter(queue -> !seenOpen.contains(queue)).toList());
        return queues.stream().filter(queue -> !paused.contains(queue)).toList();
    }

    @Override
    public List<Admit> start(List<Delivery> entries) {
        Batch.check(entries);
        if (entries.isEmpty()) {
            return List.of();
        }
        FunctionCall call = starts.call(entries.getFirst().lane().queue(), entries.size());
        entries.forEach(one -> Arguments.start(call, one));
        return Replies.each(call.on(caller.link()), Admit::valueOf);
    }
}
