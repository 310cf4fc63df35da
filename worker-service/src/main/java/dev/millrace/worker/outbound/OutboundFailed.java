package dev.millrace.worker.outbound;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The network or the other side failed: trying again may help. */
public final class OutboundFailed extends OutboundException {

    private final int status;

    OutboundFailed(String message, @Nullable Throwable cause) {
        super(message, cause);
        this.status = 0;
    }

    OutboundFailed(String message, int status) {
        super(message, null);
        this.status = status;
    }

    /** The HTTP status that was answered, if it is the reason. */
    public OptionalInt status() {
        return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
    }
}
