package dev.millrace.loop;

import java.time.Duration;

/** A role that turns for as long as its service lives, as health and meters see it. */
public sealed interface Turning permits Loop, Duty {

    /** The name in logs, meters and health. */
    String name();

    /** Whether it has begun to turn. */
    boolean begun();

    /** How long the present turn lasts, or how late the next one is; nothing in a pause that is meant to be. */
    Duration overdue();

    /** How many turns ended badly so far. */
    long failures();

    /**
     * Ends it. Returns whether it has ended within {@code patience}, or as long again once interrupted; if not, it is left
     * behind.
     */
    boolean stop(Duration patience);
}
