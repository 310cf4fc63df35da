package dev.millrace.stream.jobs.calls;

import dev.millrace.job.QueueName;
import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.entries.Lane;
import dev.millrace.stream.jobs.Suspects;
import dev.millrace.stream.redis.FunctionCall;
import java.time.Duration;
import java.util.List;

/** {@link Suspects} by functions. */
final class RedisSuspects implements Suspects {

    private final Caller caller;
    private final Starts starts;
    private final LaneReader lanes;

    RedisSuspects(Caller caller, Starts starts, LaneReader lanes) {
        this.caller = caller;
        this.starts = starts;
        this.lanes = lanes;
    }

    @Override
    public long suspects(QueueName queue) {
        return lanes.undelivered(Lane.suspect(queue));
    }

    @Override
    public List<Delivery> takeSuspect(QueueName queue) {
        return starts.take(queue, List.of(Lane.suspect(queue)), 1);
    }

    @Override
    public boolean holdSuspectLock(QueueName queue, Duration lease) {
        FunctionCall call = caller.function("mr_lone_1")
                .key(caller.names().suspectLock(queue))
                .arg(caller.consumer());
        return call.arg(lease.toMillis()).on(caller.link()).toInteger() == 1;
    }

    @Override
    public void releaseSuspectLock(QueueName queue) {
        caller.function("mr_unlone_1")
                .key(caller.names().suspectLock(queue))
                .arg(caller.consumer())
                .on(caller.link());
    }
}
