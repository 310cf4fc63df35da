package dev.millrace.local.run;

/** Everything is being ended; nothing is wrong. */
public final class Stopped extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Stopped() {
        super("stopped while waiting");
    }
}
