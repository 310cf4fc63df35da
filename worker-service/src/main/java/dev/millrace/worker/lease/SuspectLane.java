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
 * <p>A turn: hold the suspect lock, stop taking and hand back what waits; when nothing runs, take one suspect, when it has ended
 * the next one; let go when there is none left, or after 2 s of them, so that other jobs go on. Still busy after 60 s, it gives up and
 * leaves the turn to another worker. Whoever loses the lock takes no more suspects, and nothing else beside the one that runs.
 */
public final class SuspectLane {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration SHARE = Duration.ofSeconds(2);
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

    /**
     * What this worker is doing for one queue's suspects.
     *
     * @param sinceNanos since when it waits for what it runs, or since the first suspect runs
     * @param suspect    the one that ran last; null before the first
     */
    private record Turn(
            WorkQueue queue, long sinceNanos, @Nullable JobRun suspect) {}

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
        boolean mine = streams.holdSuspectLock(current.queue().name(), lease);
        return mine || current.suspect() != null ? goOn(current, mine) : end(current);
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

    private Duration goOn(Turn current, boolean mine) {
        handBackWaiting();
        if (!held.isEmpty()) {
            return current.suspect() == null && time.passed(PATIENCE, current.sinceNanos()) ? giveUp(current) : BUSY;
        }
        boolean shared = current.suspect() != null && time.passed(SHARE, current.sinceNanos());
        return mine && !shared && takeOne(current) ? BUSY : end(current);
    }

    private Duration giveUp(Turn current) {
        LOG.infof(
                "Queue '%s' has suspects, but this worker stayed busy for %s.",
                current.queue().name(), PATIENCE);
        end(current);
        return PATIENCE;
    }

    private boolean takeOne(Turn current) {
        List<Delivery> taken = streams.takeSuspect(current.queue().name());
        for (Delivery delivery : taken) {
            log.of(delivery.job())
                    .within(() -> LOG.warnf(
                            "The job outlived %d workers; it now runs alone.",
                            delivery.job().deaths()));
            JobRun suspect = new JobRun(delivery, time.reading());
            long since = current.suspect() == null ? time.reading() : current.sinceNanos();
            turn = new Turn(current.queue(), since, suspect);
            held.add(suspect);
            meters.suspect(current.queue().name());
            current.queue().runAlone(suspect);
        }
        return !taken.isEmpty();
    }

    private Duration end(Turn current) {
        turn = null;
        streams.releaseSuspectLock(current.queue().name());
        queues.reopen(Reason.SUSPECT);
        return IDLE;
    }
}
