package dev.millrace.scheduler.timers;

import dev.millrace.job.EntryId;
import dev.millrace.stream.timers.TimerStreams;
import java.time.Duration;
import java.util.List;

/**
 * Waits for jobs that are to run later, and makes timers of them. It lets itself be given one only, which wakes it, and
 * holds what is there besides in the same step in which that is read: a scheduler that dies leaves one job to be taken
 * over at most. What it was given when a reply was lost is its own still, and is looked for before anything new is read.
 */
public final class HoldDelays {

    private static final Duration WAIT = Duration.ofSeconds(1);

    private final TimerStreams streams;
    private final int batch;
    private final TimerMeters meters;
    private final Runnable heldSome;
    private boolean mayHoldBack = true;

    /**
     * Reads nothing yet.
     *
     * @param heldSome called after each hold that made a timer
     */
    public HoldDelays(TimerStreams streams, int batch, TimerMeters meters, Runnable heldSome) {
        this.streams = streams;
        this.batch = batch;
        this.meters = meters;
        this.heldSome = heldSome;
    }

    /** Returns after a second at most, or whatever time Redis takes to answer. For one thread at a time. */
    public Duration holdOnce() {
        if (mayHoldBack) {
            holdUnheld();
        }
        mayHoldBack = true;
        List<EntryId> first = streams.delayed(1, WAIT);
        if (!first.isEmpty()) {
            held(streams.hold(first));
            held(streams.holdNew(batch));
        }
        mayHoldBack = false;
        return Duration.ZERO;
    }

    /** Holds what this scheduler was given and has not held yet. */
    public void holdUnheld() {
        List<EntryId> own = streams.unheld(batch);
        while (!own.isEmpty()) {
            held(streams.hold(own));
            own = streams.unheld(batch);
        }
    }

    private void held(int jobs) {
        meters.held(jobs);
        if (jobs > 0) {
            heldSome.run();
        }
    }
}
