package dev.millrace.worker.held;

import dev.millrace.job.Job;
import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.entries.EntryKey;
import dev.millrace.worker.held.Phase.Decided;
import dev.millrace.worker.held.Phase.Lost;
import dev.millrace.worker.held.Phase.Running;
import dev.millrace.worker.held.Phase.Waiting;
import dev.millrace.worker.held.StopSignal.Reason;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One delivery in this worker's hands, from the moment it was taken until Redis knows how it ended. Each step from one
 * phase to the next is won by one caller: the task that ends, its time limit, a lost lease and a shutdown race for
 * {@link #decide}.
 */
public final class JobRun {

    private static final Phase WAITING = new Waiting();

    private final Delivery delivery;
    private final long takenReading;
    private final AtomicReference<Phase> phase = new AtomicReference<>(WAITING);
    private final StopSignal stop = new StopSignal();
    private final RunReports reports = new RunReports();
    private volatile boolean onThread;

    /**
     * Waits for a slot.
     *
     * @param takenReading of the stopwatch when it was taken
     */
    public JobRun(Delivery delivery, long takenReading) {
        this.delivery = delivery;
        this.takenReading = takenReading;
    }

    public Delivery delivery() {
        return delivery;
    }

    public Job job() {
        return delivery.job();
    }

    public EntryKey key() {
        return EntryKey.of(delivery);
    }

    /** The stopwatch's reading when it was taken. */
    public long takenReading() {
        return takenReading;
    }

    /** What there is to report of it. */
    public RunReports reports() {
        return reports;
    }

    /** Whether a thread is busy with it, be it decided or not. */
    boolean onThread() {
        return onThread;
    }

    /** A thread is busy with it from now on. */
    public void enterThread() {
        onThread = true;
    }

    /** Its thread has let go of it. */
    public void leaveThread() {
        onThread = false;
    }

    /** Passes from waiting to running; false if it was decided meanwhile. */
    public boolean begin(TaskExecution execution) {
        return phase.compareAndSet(WAITING, new Running(execution));
    }

    /** True for the one caller that says how this run ends. */
    public boolean decide() {
        return !(phase.getAndUpdate(Phase::decided) instanceof Decided);
    }

    /** As {@link #decide}, but only while it has not begun. */
    public boolean decideIfWaiting() {
        return phase.compareAndSet(WAITING, WAITING.decided());
    }

    /** Notes that another worker has taken over what runs here; true the first time. */
    public boolean lose() {
        return phase.getAndUpdate(Phase::afterLoss) instanceof Running;
    }

    public boolean waiting() {
        return phase() instanceof Waiting;
    }

    /** Whether its task runs, lost or not, and nobody has decided how it ends. */
    public boolean running() {
        return switch (phase()) {
            case Running running -> true;
            case Lost lost -> true;
            case Waiting waiting -> false;
            case Decided decided -> false;
        };
    }

    /** The execution while its task runs and the job is this worker's; null before, afterwards and when it is lost. */
    public @Nullable TaskExecution current() {
        return phase() instanceof Running running ? running.execution() : null;
    }

    /** Whether another worker has taken the job over: there is nothing to renew or to report any more. */
    public boolean lost() {
        return phase().lost();
    }

    /** What runs, or ran; null before the start. */
    public @Nullable TaskExecution execution() {
        return phase().execution();
    }

    /**
     * Asks the task to come to an end. Ends its sleeps, waits and socket reads; a task that only computes does not notice
     * before it looks.
     */
    public void stop(Reason why) {
        TaskExecution execution = execution();
        stop.ask(why, execution == null ? null : execution.thread());
    }

    /** What interrupted the calling thread is dealt with, if it is the task's. */
    public void takeBackInterrupt() {
        TaskExecution execution = execution();
        if (execution != null && execution.thread().equals(Thread.currentThread())) {
            Thread.interrupted();
        }
    }

    private Phase phase() {
        return Objects.requireNonNull(phase.get());
    }

    /** What asks its task to come to an end. */
    public StopSignal stopSignal() {
        return stop;
    }
}
