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
import java.util.function.BooleanSupplier;

/**
 * Wakes the turns of this instance behind its own commits. While no workflow lives, ends of jobs wake nobody. May be used by many
 * threads.
 */
@Singleton
public class TurnBell implements EndEffect {

    private final Semaphore rung = new Semaphore(0);
    private volatile boolean anyLive;
    private long begun;

    /** There may be something to do. */
    public void ring() {
        rung.release();
    }

    /** A workflow lives by what was committed here. */
    synchronized void lives() {
        begun++;
        anyLive = true;
    }

    /** Whether a workflow lives or has mail, by which an ended one lives again, as far as this instance knows. */
    boolean anyLive() {
        return anyLive;
    }

    /** Asks whether ends of jobs may matter from now on. That none lives counts only if none has begun here meanwhile. */
    void look(BooleanSupplier anyLives) {
        long before = begun();
        tell(anyLives.getAsBoolean(), before);
    }

    private synchronized long begun() {
        return begun;
    }

    private synchronized void tell(boolean live, long before) {
        anyLive = live || begun != before;
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
