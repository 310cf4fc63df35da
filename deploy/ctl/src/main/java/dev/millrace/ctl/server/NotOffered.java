package dev.millrace.ctl.server;

/** The server has no such operation: it is older than this program. */
public final class NotOffered extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotOffered(Call call) {
        super("This server does not have it: " + call.operation() + " is not among the operations that it lists.");
    }

    /** Which operation. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
