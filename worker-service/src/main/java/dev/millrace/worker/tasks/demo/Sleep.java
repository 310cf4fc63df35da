package dev.millrace.worker.tasks.demo;

import dev.millrace.task.DurationRange;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Payload of {@code demo.sleep}.
 *
 * @param duration how long to sleep in all, zero to PT24H
 * @param steps how many times progress is reported on the way, 1 to 10,000; 10 if missing
 */
@RegisterForReflection
public record Sleep(
        @DurationRange(max = LONGEST) Duration duration,
        @Nullable @Min(1) @Max(MOST_STEPS) Integer steps) {

    private static final String LONGEST = "PT24H";
    private static final int DEFAULT_STEPS = 10;
    private static final int MOST_STEPS = 10_000;

    public Sleep {
        steps = steps == null ? Integer.valueOf(DEFAULT_STEPS) : steps;
        if (steps < 1 || steps > MOST_STEPS) {
            throw new IllegalArgumentException("steps is %d: it must be from 1 to %d.".formatted(steps, MOST_STEPS));
        }
        requireDuration(duration);
    }

    /** How many parts the sleep has. */
    int parts() {
        return steps == null ? DEFAULT_STEPS : steps;
    }

    // A missing property arrives as null, whatever the type says.
    private static void requireDuration(@Nullable Duration duration) {
        if (duration == null || duration.isNegative() || duration.compareTo(Duration.parse(LONGEST)) > 0) {
            throw new IllegalArgumentException(
                    "duration is %s: it must be from PT0S to %s, such as \"PT2S\".".formatted(duration, LONGEST));
        }
    }
}
