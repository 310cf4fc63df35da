package dev.millrace.stream.jobs.calls;

import dev.millrace.job.Band;
import dev.millrace.job.QueueName;
import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.entries.Lane;
import dev.millrace.stream.jobs.Batch;
import dev.millrace.stream.jobs.Taking;
import dev.millrace.stream.redis.FunctionCall;
import dev.millrace.stream.redis.Replies;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** {@link Taking} by functions, and by waiting outside of them. */
final class RedisTaking implements Taking {

    private final Caller caller;
    private final Starts starts;
    private final LaneReader lanes;

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
    public List<Delivery> await(List<QueueName> queues, Duration atMost) {
        return starts.start(lanes.await(queues, atMost));
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
