package dev.millrace.scheduler.timers;

import dev.millrace.stream.timers.TimerStreams;
import dev.millrace.stream.timers.TimerStreams.Released;
import java.time.Duration;

/** Brings jobs to their lanes when they are due, by Redis's clock, the longest due first. */
public final class ReleaseTimers {

    private final TimerStreams streams;
    private final int batch;
    private final Duration look;
    private final TimerMeters meters;

    /**
     * Releases nothing yet.
     *
     * @param look the longest pause between two looks
     */
    public ReleaseTimers(TimerStreams streams, int batch, Duration look, TimerMeters meters) {
        this.streams = streams;
        this.batch = batch;
        this.look = look;
        this.meters = meters;
    }

    /** Releases one batch of what is due, and returns how long nothing more will be, as far as is known now. */
    public Duration releaseOnce() {
        Released released = streams.release(batch);
        meters.released(released.late());
        Duration quiet = released.quiet();
        return quiet == null || quiet.compareTo(look) > 0 ? look : quiet;
    }
}
