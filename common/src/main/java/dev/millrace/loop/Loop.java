package dev.millrace.loop;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Calls a step again and again, on a thread of its own, until it is stopped. Whatever the step throws is logged, as
 * {@link FailureLog} says, and the step is called again after a pause. The thread is a platform thread, so that tasks
 * that compute on virtual threads cannot keep it from turning, and a daemon, so that a stuck step does not keep the
 * process alive.
 */
public final class Loop implements Turning {

    /** One turn of a role. */
    @FunctionalInterface
    public interface Step {

        /** Does what there is to do, and returns how long to pause before the next turn; zero for not at all. */
        Duration once() throws Exception;
    }

    private static final Logger LOG = Logger.getLogger(Loop.class);

    private final String name;
    private final Step step;
    private final Duration pauseAfterFailure;
    private final LongSupplier nanos;
    private final FailureLog log;
    private final Semaphore calls = new Semaphore(0);
    private final Thread thread;
    private final AtomicLong failures = new AtomicLong();
    private volatile long dueNanos;
    private volatile boolean begun;
    private volatile boolean stopping;

    private Loop(String name, Step step, Duration pauseAfterFailure, LongSupplier nanos, Waits waits) {
        this.name = name;
        this.step = step;
        this.pauseAfterFailure = pauseAfterFailure;
        this.nanos = nanos;
        this.dueNanos = nanos.getAsLong();
        this.log = new FailureLog(name, waits);
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    /**
     * Starts turning at once.
     *
     * @param name the thread's, and the one in logs and health
     * @param nanos a monotonic reading, by which the loop measures how late it is
     */
    public static Loop start(String name, Step step, Duration pauseAfterFailure, LongSupplier nanos) {
        return start(name, step, pauseAfterFailure, nanos, new Waits());
    }

    /** The same for one of several, which share what is told of their waits. */
    static Loop start(String name, Step step, Duration pauseAfterFailure, LongSupplier nanos, Waits waits) {
        Loop loop = new Loop(name, step, pauseAfterFailure, nanos, waits);
        loop.thread.start();
        return loop;
    }

    @Override
    public String name() {
        return name;
    }

    /** How long the present turn lasts, or how late the next one is; nothing in a pause that the step asked for. */
    @Override
    public Duration overdue() {
        return Duration.ofNanos(Math.max(0, nanos.getAsLong() - dueNanos));
    }

    /** Whether its thread has come to the first turn. */
    @Override
    public boolean begun() {
        return begun;
    }

    /** How many turns ended badly so far. */
    @Override
    public long failures() {
        return failures.get();
    }

    /** Ends the pause, or lets the next one be none if the step is at work: what it found may have changed meanwhile. */
    public void wake() {
        calls.release();
    }

    /**
     * Ends the loop: a pause ends at once, a step that does not return within {@code patience} is interrupted and given
     * as long again. Returns whether the loop has ended; if not, its daemon thread is left behind.
     */
    @Override
    public boolean stop(Duration patience) {
        stopping = true;
        wake();
        if (!ended(patience)) {
            thread.interrupt();
        }
        return ended(patience);
    }

    private boolean ended(Duration atMost) {
        try {
            return thread.join(atMost);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void run() {
        begun = true;
        while (!stopping) {
            calls.drainPermits();
            dueNanos = Math.min(dueNanos, nanos.getAsLong());
            Duration pause = turn();
            dueNanos = nanos.getAsLong() + pause.toNanos();
            pause(pause);
        }
    }

    private Duration turn() {
        try {
            Duration pause = step.once();
            log.turnedWell();
            return pause;
        } catch (Throwable failure) {
            return failed(failure);
        }
    }

    private Duration failed(Throwable failure) {
        if (!stopping) {
            failures.incrementAndGet();
            log.failed(failure, pauseAfterFailure);
        }
        return pauseAfterFailure;
    }

    private void pause(Duration pause) {
        try {
            boolean woken = pause.isPositive() && !stopping && calls.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS);
            LOG.tracef("Loop '%s' %s.", name, woken ? "was woken" : "turns");
        } catch (InterruptedException interrupted) {
            LOG.debugf("Loop '%s' was interrupted in its pause; it %s.", name, stopping ? "ends" : "turns");
        }
    }
}
