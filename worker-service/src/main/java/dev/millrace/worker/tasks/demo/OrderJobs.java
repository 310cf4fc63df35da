package dev.millrace.worker.tasks.demo;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

/**
 * Payload of {@code demo.order}.
 *
 * @param jobs how many to order, 1 to 1,000
 * @param fail whether the run then fails, so that there are none; false if missing
 */
@RegisterForReflection
public record OrderJobs(
        @Min(1) @Max(MOST) int jobs, @Nullable Boolean fail) {

    private static final int MOST = 1_000;

    public OrderJobs {
        if (jobs < 1 || jobs > MOST) {
            throw new IllegalArgumentException("jobs is %d: it must be from 1 to %d.".formatted(jobs, MOST));
        }
    }

    boolean fails() {
        return Boolean.TRUE.equals(fail);
    }
}
