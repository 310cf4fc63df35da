package dev.millrace.worker.run;

import dev.millrace.job.ExecutionPolicy;
import dev.millrace.job.JobEvent.Progress;
import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.entries.EntryKey;
import dev.millrace.worker.run.StopSignal.Reason;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One delivery in this worker's hands, from the moment it was taken until Redis knows how it ended. Its phases only go
 * forward, and each step is won by one caller: the task that ends, its time limit, a lost lease and a shutdown race for
 * {@link #decide}.
 */
public final class JobRun {

    private enum Phase {
        WAITING,
        RUNNING,
        DECIDED
    }

    private final Delivery delivery;
    private final long takenNanos;
    private final AtomicBoolean lost = new AtomicBoolean();
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.WAITING);
    private final StopSignal stop = new StopSignal();
    private volatile @Nullable Execution execution;
    private volatile boolean onThread;
    private volatile boolean startTold;
    private volatile @Nullable Progress latest;
    private volatile @Nullable Progress told;

    /** The thread of a running task and its limits. */
    public record Execution(Thread thread, long startedNanos, ExecutionPolicy terms, boolean idempotent) {}

    /**
     * Begins in phase waiting.
     *
     * @param startTold the functions have already told of its start
     */
    public JobRun(Delivery delivery, long takenNanos, boolean startTold) {
        this.delivery = delivery;
        this.takenNanos = takenNanos;
        this.startTold = startTold;
    }

    public Delivery delivery() {
        return delivery;
    }

    public EntryKey key() {
        return EntryKey.of(delivery);
    }

    /** Whether it was taken longer ago than this and Redis must be asked again before it may start. */
    public boolean stale(long nowNanos, Duration fresh) {
        return !startTold && nowNanos - takenNanos > fresh.toNanos();
    }

    /** Whether a thread is busy with it, be it decided or not. */
    boolean onThread() {
        return onThread;
    }

    void enterThread() {
        onThread = true;
    }

    void leaveThread() {
        onThread = false;
    }

    /** Passes from waiting to running; false if it was decided meanwhile. */
    boolean begin(Execution begun) {
        execution = begun;
        return phase.compareAndSet(Phase.WAITING, Phase.RUNNING);
    }

    /** True for the one caller that says how this run ends. */
    public boolean decide() {
        return phase.getAndSet(Phase.DECIDED) != Phase.DECIDED;
    }

    /** As {@link #decide}, but only while it has not begun. */
    boolean cancelWaiting() {
        return phase.compareAndSet(Phase.WAITING, Phase.DECIDED);
    }

    public boolean waiting() {
        return phase.get() == Phase.WAITING;
    }

    public boolean running() {
        return phase.get() == Phase.RUNNING;
    }

    boolean ranLongerThan(Duration age, long nowNanos) {
        Execution current = execution;
        return running() && current != null && nowNanos - current.startedNanos() > age.toNanos();
    }

    /** Whether another worker has taken the job over: there is nothing to renew or to tell any more. */
    public boolean lost() {
        return lost.get();
    }

    /** True the first time. */
    boolean lose() {
        return lost.compareAndSet(false, true);
    }

    /** What runs, or ran; null before the start. */
    public @Nullable Execution execution() {
        return execution;
    }

    /**
     * Asks the task to come to an end. Ends its sleeps, waits and socket reads; a task that only computes does not notice
     * before it looks.
     */
    public void stop(Reason why) {
        Execution current = execution;
        stop.ask(why, current == null ? null : current.thread());
    }

    /** What interrupted the calling thread is dealt with, if it is the task's. */
    void takeBackInterrupt() {
        Execution current = execution;
        if (current != null && current.thread().equals(Thread.currentThread())) {
            Thread.interrupted();
        }
    }

    StopSignal stopSignal() {
        return stop;
    }

    void report(Progress progress) {
        latest = progress;
    }

    boolean startTold() {
        return startTold;
    }

    void startWasTold() {
        startTold = true;
    }

    /** The latest progress if it has not been told yet. */
    @Nullable
    Progress untold() {
        Progress current = latest;
        return current == null || current.equals(told) ? null : current;
    }

    void wasTold(@Nullable Progress progress) {
        if (progress != null) {
            told = progress;
        }
    }
}
