package dev.millrace.flow;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.task.JobOptions;
import org.jspecify.annotations.Nullable;

/** One job. Without a payload it takes the result of the step before. */
public final class TaskStep extends Step<TaskStep> implements JobOptions<TaskStep> {

    TaskStep(ObjectNode json) {
        super(json);
    }

    @Override
    TaskStep copy(ObjectNode fields) {
        return new TaskStep(fields);
    }

    /** What its job is given: a value, or what {@link Flows#value} makes one of. */
    public TaskStep payload(@Nullable Object value) {
        return with("payload", Flows.value(value).json());
    }

    @Override
    public TaskStep option(String field, Object value) {
        return with(field, Flows.constant(value));
    }

    @Override
    public TaskStep retry(String field, Object value) {
        ObjectNode retry =
                field("retry") instanceof ObjectNode before ? before.deepCopy() : JsonNodeFactory.instance.objectNode();
        return with("retry", retry.set(field, Flows.constant(value)));
    }
}
