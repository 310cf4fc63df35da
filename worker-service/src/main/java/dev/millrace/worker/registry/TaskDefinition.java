package dev.millrace.worker.registry;

import com.fasterxml.jackson.databind.JavaType;
import dev.millrace.job.PolicyOverride;
import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import dev.millrace.task.TaskContext;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A task this worker can run.
 *
 * @param queue where jobs go that name no queue
 * @param policy what the task sets itself; its queue and its worker say the rest
 * @param retryTypes what it throws that may be tried again
 * @param description one sentence, or empty
 * @param idempotent whether two runs at the same time do no harm
 * @param payloadType what {@link #decode} makes
 * @param resultType what {@link #encode} takes: of a {@code Uni} its item, {@code Void} for nothing
 * @param call runs the method, without reflection
 */
public record TaskDefinition(
        TaskName name,
        QueueName queue,
        PolicyOverride policy,
        RetryTypes retryTypes,
        String description,
        boolean idempotent,
        JavaType payloadType,
        JavaType resultType,
        Call call) {

    /** The task's method on its bean. */
    @FunctionalInterface
    public interface Call {
        @Nullable
        Object with(Object payload, TaskContext context) throws Throwable;
    }

    /**
     * Runs the task on the calling thread.
     *
     * @return what the method returned: a result for {@link #encode}, null, or a {@code Uni} of these that has not been
     *     subscribed to
     * @throws Throwable whatever the method threw, unwrapped
     */
    public @Nullable Object invoke(Object payload, TaskContext context) throws Throwable {
        return call.with(payload, context);
    }

    /**
     * Makes the payload that {@link #invoke} takes.
     *
     * @throws PayloadRefused if the text is not JSON or not of the payload's type
     */
    public Object decode(String json) {
        return TaskJson.decode(json, payloadType);
    }

    /**
     * Makes the payloads of a chunk, for each of which {@link #invoke} is called in turn; empty if the text is none.
     *
     * @throws PayloadRefused if one of them is not of the payload's type
     */
    public Optional<List<Object>> decodeChunk(String json) {
        return TaskJson.chunk(json)
                .map(payloads -> payloads.stream().map(this::decode).toList());
    }

    /**
     * Writes what the method returned, or the item of its {@code Uni}; null as {@code null}.
     *
     * @throws ResultRefused if the value cannot be written as JSON of the result's type
     */
    public String encode(@Nullable Object result) {
        return TaskJson.encode(result, resultType);
    }
}
