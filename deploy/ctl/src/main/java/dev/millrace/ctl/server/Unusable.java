package dev.millrace.ctl.server;

/** What was typed, set or written into a file cannot be used; nothing was asked of the server. Its message says why. */
public final class Unusable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public Unusable(String why) {
        super(why);
    }

    /** Why. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
