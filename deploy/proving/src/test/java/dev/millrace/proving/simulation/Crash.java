package dev.millrace.proving.simulation;

/** The process that makes a call dies before or after it. */
final class Crash extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final boolean told;

    Crash() {
        this(false);
    }

    /** {@code told} if the fault is in the trace already. */
    Crash(boolean told) {
        super("died", null, false, false);
        this.told = told;
    }

    boolean told() {
        return told;
    }
}
