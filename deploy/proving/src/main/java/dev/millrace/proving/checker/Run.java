package dev.millrace.proving.checker;

import dev.millrace.proving.checker.history.Stamp;

/** One execution of a task. */
final class Run {

    final long at;
    final long token;
    final int attempt;
    final String worker;
    boolean stopped;

    Run(long at, long token, int attempt, String worker) {
        this.at = at;
        this.token = token;
        this.attempt = attempt;
        this.worker = worker;
    }

    @Override
    public String toString() {
        return Stamp.unpack(token) + " on " + worker + " at " + at;
    }
}
