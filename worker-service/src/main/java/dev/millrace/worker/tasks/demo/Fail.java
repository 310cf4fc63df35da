package dev.millrace.worker.tasks.demo;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * Payload of {@code demo.fail}.
 *
 * @param message what the failure says, at most 1,000 characters
 * @param times how many attempts fail before one succeeds, 0 or more; every one if missing
 * @param kind how it fails; {@code retryable} if missing
 */
@RegisterForReflection
public record Fail(
        @Size(max = MAX_MESSAGE) String message,
        @Nullable @Min(0) Integer times,
        @Nullable Kind kind) {

    private static final int MAX_MESSAGE = 1_000;

    /** How {@code demo.fail} fails. */
    @RegisterForReflection
    public enum Kind {
        /** Throws {@link RetryableDemoFailure}. */
        @JsonProperty("retryable")
        RETRYABLE,
        /** Throws {@link PermanentDemoFailure}. */
        @JsonProperty("permanent")
        PERMANENT,
        /** Blocks until it is interrupted. */
        @JsonProperty("timeout")
        TIMEOUT,
        /** Kills the process of the worker. */
        @JsonProperty("crash")
        CRASH
    }

    public Fail {
        requireMessage(message);
        if (times != null && times < 0) {
            throw new IllegalArgumentException("times is %d: it must be 0 or more.".formatted(times));
        }
    }

    boolean failsAttempt(int attempt) {
        return times == null || attempt <= times;
    }

    Kind kindOrDefault() {
        return kind == null ? Kind.RETRYABLE : kind;
    }

    // A missing property arrives as null, whatever the type says.
    private static void requireMessage(@Nullable String message) {
        if (message == null || message.codePointCount(0, message.length()) > MAX_MESSAGE) {
            throw new IllegalArgumentException(
                    "message is missing or has more than %d characters.".formatted(MAX_MESSAGE));
        }
    }
}
