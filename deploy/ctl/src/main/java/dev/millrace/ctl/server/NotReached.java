package dev.millrace.ctl.server;

/** There was no answer. Whether a call that changes something was carried out is not known. */
public final class NotReached extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotReached(String why) {
        super(why);
    }

    /** Which server, and why. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
