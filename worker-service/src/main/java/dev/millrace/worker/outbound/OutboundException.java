package dev.millrace.worker.outbound;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Why a fetch came to nothing. Messages name scheme, host, port and path; never a user name, a query or what was
 * fetched.
 */
public abstract sealed class OutboundException extends IOException permits OutboundRefused, OutboundFailed {

    OutboundException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
