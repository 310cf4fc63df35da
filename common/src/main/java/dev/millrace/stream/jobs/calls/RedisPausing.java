package dev.millrace.stream.jobs.calls;

import dev.millrace.job.QueueName;
import dev.millrace.stream.jobs.Pausing;

/** {@link Pausing} by functions. */
final class RedisPausing implements Pausing {

    private final Caller caller;

    RedisPausing(Caller caller) {
        this.caller = caller;
    }

    @Override
    public void pause(QueueName queue) {
        caller.function("mr_pause_1").key(caller.names().paused(queue)).on(caller.link());
    }

    @Override
    public void resume(QueueName queue) {
        caller.function("mr_resume_1").key(caller.names().paused(queue)).on(caller.link());
    }
}
