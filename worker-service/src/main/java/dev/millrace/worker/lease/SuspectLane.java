package dev.millrace.worker.lease;

import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.jobs.Suspects;
import dev.millrace.time.Time;
import dev.millrace.worker.held.HeldJobs;
import dev.millrace.worker.held.JobLog;
import dev.millrace.worker.held.JobRun;
import dev.millrace.worker.settle.Settler;
import dev.millrace.worker.take.TakeControl.Reason;
import dev.millrace.worker.take.WorkQueue;
import dev.millrace.worker.take.WorkQueues;
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
    private final WorkQueues queues;
    private final Duration lease;
    private final LeaseMeters meters;
    private final JobLog log;
    private final Time time;
    private @Nullable Turn turn;

    /** What this worker is doing for one queue's suspects. */
    private record Turn(
            WorkQueue queue, long begunNanos, @Nullable JobRun suspect) {}

    public SuspectLane(
            Suspects streams,
            HeldJobs held,
            Settler settler,
            WorkQueues queues,
            Duration lease,
            LeaseMeters meters,
            JobLog log,
            Time time) {
        this.streams = streams;
        this.held = held;
        this.settler = settler;
        this.queues = queues;
        this.lease = lease;
        this.meters = meters;
        this.log = log;
        this.time = time;
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
        if (!queues.open()) {
            return false;
        }
        Optional<WorkQueue> queue = queues.all().stream()
                .filter(one -> streams.suspects(one.name()) > 0 && streams.holdSuspectLock(one.name(), lease))
                .findFirst();
        queue.ifPresent(this::stopTaking);
        return queue.isPresent();
    }

    private void stopTaking(WorkQueue queue) {
        queues.close(Reason.SUSPECT);
        turn = new Turn(queue, time.reading(), null);
        handBackWaiting();
    }

    /** Again at each turn: a reader that was blocked in Redis when taking was stopped may still bring an entry. */
    private void handBackWaiting() {
        queues.withdrawWaiting().forEach(settler::handBack);
    }

    private Duration goOn(Turn current) {
        handBackWaiting();
        if (!held.isEmpty()) {
            boolean stuck = current.suspect() == null && time.passed(PATIENCE, current.begunNanos());
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
            JobRun suspect = new JobRun(delivery, time.reading());
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
        queues.reopen(Reason.SUSPECT);
    }

    private static Object name(Turn current) {
        return current.queue().name();
    }
}
