package dev.millrace.stream.jobs.calls;

import dev.millrace.job.QueueName;
import dev.millrace.stream.jobs.Pausing;
import dev.millrace.stream.redis.FunctionCall;
import dev.millrace.stream.redis.Requests;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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

    @Override
    public void keepPaused(Collection<QueueName> queues) {
        FunctionCall call = caller.function("mr_pause_2");
        queues.forEach(queue -> call.key(caller.names().paused(queue)));
        call.on(caller.link());
    }

    @Override
    public Set<QueueName> paused(Collection<QueueName> queues) {
        List<QueueName> asked = List.copyOf(queues);
        List<Response> there = asked.isEmpty()
                ? List.of()
                : caller.link()
                        .batch(asked.stream()
                                .map(queue -> Requests.of(
                                        Command.EXISTS, caller.names().paused(queue)))
                                .toList());
        return IntStream.range(0, there.size())
                .filter(i -> there.get(i).toInteger() > 0)
                .mapToObj(asked::get)
                .collect(Collectors.toUnmodifiableSet());
    }
}
