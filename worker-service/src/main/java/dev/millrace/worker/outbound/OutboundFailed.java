package dev.millrace.worker.outbound;

import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The network or the other side failed: trying again may help. */
public final class OutboundFailed extends OutboundException {

    private final int status;
    private final @Nullable String retryAfter;

    OutboundFailed(String message, @Nullable Throwable cause) {
        super(message, cause);
        this.status = 0;
        this.retryAfter = null;
    }

    OutboundFailed(String message, int status, Optional<String> retryAfter) {
        super(message, null);
        this.status = status;
        this.retryAfter = retryAfter.orElse(null);
    }

    /** The HTTP status that was answered, if it is the reason. */
    public OptionalInt status() {
        return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
    }

    /** The {@code Retry-After} field that came with the status, as it was sent. */
    public Optional<String> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
