package dev.millrace.api.record.orders;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.millrace.job.JobState;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of orders as clients see them; {@code nextCursor} is null on the last page. */
@RegisterForReflection
public record ChildList(List<Child> items, @Nullable String nextCursor) {

    /**
     * What became of an order.
     *
     * @param jobId the job that was made; null if it was refused
     * @param state of that job; null if it was refused, or the job is deleted
     * @param problem why it was refused; null if it was not
     */
    @RegisterForReflection
    public record Child(
            String key,
            @Nullable String jobId,
            @Nullable JobState state,
            @JsonRawValue @Nullable String problem) {}
}
