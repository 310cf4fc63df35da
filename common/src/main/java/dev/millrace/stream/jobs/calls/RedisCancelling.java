package dev.millrace.stream.jobs.calls;

import dev.millrace.job.QueueName;
import dev.millrace.stream.entries.Lane;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.jobs.Batch;
import dev.millrace.stream.jobs.Cancelling;
import dev.millrace.stream.redis.FunctionCall;
import dev.millrace.stream.redis.Replies;
import java.util.List;

/** {@link Cancelling} by functions. */
final class RedisCancelling implements Cancelling {

    private final Caller caller;

    RedisCancelling(Caller caller) {
        this.caller = caller;
    }

    @Override
    public List<Cancellation> cancel(List<Cancel> cancels) {
        return call("mr_cancel_1", cancels);
    }

    @Override
    public List<Cancellation> purge(List<Cancel> cancels) {
        return call("mr_purge_1", cancels);
    }

    private List<Cancellation> call(String function, List<Cancel> cancels) {
        Batch.check(cancels);
        FunctionCall call = caller.function(function).key(caller.names().events());
        call.key(caller.names().delays())
                .key(caller.names().timers())
                .key(caller.names().timerJobs());
        List<QueueName> queues = cancels.stream().map(Cancel::queue).distinct().toList();
        queues.forEach(queue -> Lane.all(queue).forEach(lane -> call.lane(caller.names(), lane)));
        call.arg(StreamNames.WORKERS)
                .arg(StreamNames.SCHEDULER)
                .arg(caller.names().markerPrefix());
        cancels.forEach(cancel -> Arguments.cancel(call, cancel, queues.indexOf(cancel.queue()) + 1));
        return Replies.each(call.on(caller.link()), Cancellation::valueOf);
    }
}
