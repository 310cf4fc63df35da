package dev.millrace.time;

/** A pause was interrupted because everything is being ended; nothing is wrong. */
public final class Stopped extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Stopped() {
        super("stopped while waiting");
    }
}
