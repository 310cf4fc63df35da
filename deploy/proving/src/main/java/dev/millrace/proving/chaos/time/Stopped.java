package dev.millrace.proving.chaos.time;

/** Everything is being ended; nothing is wrong. */
public final class Stopped extends RuntimeException {

    Stopped() {
        super("stopped while waiting");
    }
}
