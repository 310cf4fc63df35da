package dev.millrace.api.workflows.engine;

import dev.millrace.api.record.job.EndEffect;
import dev.millrace.api.record.job.RecordedEnd;
import dev.millrace.job.JobState;
import dev.millrace.postgres.Tx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Wakes the turns of this instance behind its own commits. While no workflow lives, ends of jobs wake nobody. May be used by many
 * threads.
 */
@Singleton
public class TurnBell implements EndEffect {

    private final Semaphore rung = new Semaphore(0);
    private volatile boolean anyLive;

    /** There may be something to do. */
    public void ring() {
        rung.release();
    }

    /** A workflow was accepted here. */
    void lives() {
        anyLive = true;
    }

    /** Whether ends of jobs may matter from now on. */
    void anyLive(boolean live) {
        anyLive = live;
    }

    /** Waits until it is rung. */
    void await(Duration atMost) throws InterruptedException {
        if (rung.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
            rung.drainPermits();
        }
    }

    /** Nothing is written: the statement that ends a member leaves the mail itself. */
    @Override
    public boolean follows(JobState state) {
        return false;
    }

    @Override
    public Runnable ended(Tx tx, List<RecordedEnd> ends) {
        return anyLive ? this::ring : NOTHING;
    }
}
