package dev.millrace.worker.run;

import dev.millrace.task.PermanentFailure;
import dev.millrace.task.RetryLater;
import dev.millrace.task.Snooze;
import dev.millrace.worker.registry.PayloadRefused;
import dev.millrace.worker.registry.ResultRefused;
import dev.millrace.worker.registry.RetryTypes;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What an exception says of another run. */
sealed interface Again {

    /** It was no failure: the same attempt, later. */
    record SameAttempt(Duration delay) implements Again {}

    /** The task wants another attempt; without a delay of its choice, after the back-off. */
    record Wanted(@Nullable Duration delay) implements Again {}

    /** Another attempt would fail in the same way. */
    record InVain() implements Again {}

    /** The exception says nothing itself. {@code allowed} if the task's lists let it be tried again. */
    record Unsaid(boolean allowed) implements Again {}

    static Again after(Throwable thrown, RetryTypes types) {
        return switch (thrown) {
            case Snooze snooze -> new SameAttempt(snooze.delay());
            case RetryLater later -> new Wanted(later.delay().orElse(null));
            case PermanentFailure permanent -> new InVain();
            case PayloadRefused unfit -> new InVain();
            case ResultRefused unfit -> new InVain();
            default -> new Unsaid(types.include(thrown));
        };
    }
}
