package dev.millrace.task;

import org.jspecify.annotations.Nullable;

/** The run failed in a way that another attempt does not change. The job ends FAILED with this as its error. */
public class PermanentFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public PermanentFailure(String message) {
        super(message);
    }

    public PermanentFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
