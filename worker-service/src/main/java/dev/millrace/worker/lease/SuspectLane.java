package dev.millrace.worker.lease;

import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.jobs.Suspects;
import dev.millrace.worker.run.HeldJobs;
import dev.millrace.worker.run.JobLog;
import dev.millrace.worker.run.JobRun;
import dev.millrace.worker.run.Settler;
import dev.millrace.worker.take.TakeControl;
import dev.millrace.worker.take.TakeControl.Reason;
import dev.millrace.worker.take.WorkQueue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Runs jobs that have outlived two workers, one at a time, on a worker that runs nothing else: if that worker dies too,
 * it is clear which job did it. At most one worker of a queue does so at a time.
 *
 * <p>Three steps, one a turn at most: hold the suspect lock, stop taking and hand back what waits; when nothing runs, take
 * one suspect; when it has ended, let go. Still busy after 60 s, it gives up and leaves the turn to another worker.
 */
public final class SuspectLane {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final Duration BUSY = Duration.ofMillis(50);

    private static final Logger LOG = Logger.getLogger(SuspectLane.class);

    private final Suspects streams;
    private final HeldJobs held;
    private final Settler settler;
    private final List<WorkQueue> queues;
    private final TakeControl gate;
    private final Duration lease;
    private final LeaseMeters meters;
    private final JobLog log;
    private @Nullable Turn turn;

    /** What this worker is doing for one queue's suspects. */
    private record Turn(
            WorkQueue queue, long begunNanos, @Nullable JobRun suspect) {}

    public SuspectLane(
            Suspects streams,
            HeldJobs held,
            Settler settler,
            List<WorkQueue> queues,
            TakeControl gate,
            Duration lease,
            LeaseMeters meters,
            JobLog log) {
        this.streams = streams;
        this.held = held;
        this.settler = settler;
        this.queues = queues;
        this.gate = gate;
        this.lease = lease;
        this.meters = meters;
        this.log = log;
    }

    public Duration turnOnce() {
        Turn current = turn;
        if (current == null) {
            return begin() ? BUSY : IDLE;
        }
        if (!streams.holdSuspectLock(current.queue().name(), lease)) {
            end(current);
            return IDLE;
        }
        return goOn(current);
    }

    private boolean begin() {
        if (!gate.open()) {
            return false;
        }
        Optional<WorkQueue> queue = queues.stream()
                .filter(one -> streams.suspects(one.name()) > 0 && streams.holdSuspectLock(one.name(), lease))
                .findFirst();
        queue.ifPresent(this::stopTaking);
        return queue.isPresent();
    }

    private void stopTaking(WorkQueue queue) {
        gate.close(Reason.SUSPECT);
        turn = new Turn(queue, System.nanoTime(), null);
        handBackWaiting();
    }

    /** Again at each turn: a reader that was blocked in Redis when the gate closed may still bring an entry. */
    private void handBackWaiting() {
        queues.forEach(one -> one.withdrawWaiting().forEach(settler::handBack));
    }

    private Duration goOn(Turn current) {
        handBackWaiting();
        if (!held.isEmpty()) {
            boolean stuck = current.suspect() == null && System.nanoTime() - current.begunNanos() > PATIENCE.toNanos();
            if (stuck) {
                LOG.infof("Queue '%s' has suspects, but this worker stayed busy for %s.", name(current), PATIENCE);
                end(current);
            }
            return stuck ? PATIENCE : BUSY;
        }
        if (current.suspect() != null || !takeOne(current)) {
            end(current);
        }
        return BUSY;
    }

    private boolean takeOne(Turn current) {
        List<Delivery> taken = streams.takeSuspect(current.queue().name());
        for (Delivery delivery : taken) {
            log.of(delivery.job())
                    .within(() -> LOG.warnf(
                            "The job outlived %d workers; it now runs alone.",
                            delivery.job().deaths()));
            JobRun suspect = new JobRun(delivery, System.nanoTime(), false);
            turn = new Turn(current.queue(), current.begunNanos(), suspect);
            held.add(suspect);
            meters.suspect(current.queue().name());
            current.queue().runAlone(suspect);
        }
        return !taken.isEmpty();
    }

    private void end(Turn current) {
        turn = null;
        streams.releaseSuspectLock(current.queue().name());
        gate.reopen(Reason.SUSPECT);
        queues.forEach(WorkQueue::pump);
    }

    private static Object name(Turn current) {
        return current.queue().name();
    }
}
