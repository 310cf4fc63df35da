package dev.millrace.worker.settle;

import dev.millrace.task.PermanentFailure;
import dev.millrace.task.RetryLater;
import dev.millrace.worker.registry.PayloadRefused;
import dev.millrace.worker.registry.ResultRefused;
import dev.millrace.worker.registry.RetryTypes;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What an exception says of another run. */
public sealed interface RetryAdvice {

    /** It was no failure: the same attempt, later. */
    record Snooze(Duration delay) implements RetryAdvice {}

    /** The task wants another attempt; without a delay of its choice, after the back-off. */
    record Retry(@Nullable Duration delay) implements RetryAdvice {}

    /** Another attempt would fail in the same way. */
    record Never() implements RetryAdvice {}

    /** The exception says nothing itself. {@code allowed} if the task's lists let it be tried again. */
    record Default(boolean allowed) implements RetryAdvice {}

    /** Reads it from the exception, and where that says nothing from the task's lists. */
    static RetryAdvice after(Throwable thrown, RetryTypes types) {
        return switch (thrown) {
            case dev.millrace.task.Snooze snooze -> new Snooze(snooze.delay());
            case RetryLater later -> new Retry(later.delay().orElse(null));
            case PermanentFailure permanent -> new Never();
            case PayloadRefused unfit -> new Never();
            case ResultRefused unfit -> new Never();
            default -> new Default(types.include(thrown));
        };
    }
}
