package dev.millrace.worker.lease;

import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.jobs.Leasing;
import dev.millrace.stream.jobs.Leasing.Renewal;
import dev.millrace.stream.redis.RedisState;
import dev.millrace.stream.redis.StreamsUnavailable;
import dev.millrace.time.Time;
import dev.millrace.worker.held.HeldJobs;
import dev.millrace.worker.held.JobRun;
import dev.millrace.worker.held.StopSignal;
import dev.millrace.worker.settle.Settler;
import dev.millrace.worker.take.TakeControl.Reason;
import dev.millrace.worker.take.WorkQueue;
import dev.millrace.worker.take.WorkQueues;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Renews this worker's lease and those of all it holds, and adopts entries that are pending for it without its knowing,
 * because the reply that brought them was lost.
 *
 * <p>Without a renewal for two thirds of a lease, the lease is in doubt: nothing is taken or started, and tasks that are not idempotent are
 * interrupted, until one succeeds. {@link #watchOnce} finds that out also when {@link #renewOnce} hangs.
 */
public final class LeaseKeeper {

    private static final Duration WATCH = Duration.ofMillis(250);

    private static final Logger LOG = Logger.getLogger(LeaseKeeper.class);

    private final Leasing streams;
    private final HeldJobs held;
    private final Settler settler;
    private final WorkQueues queues;
    private final RedisOutages outages;
    private final LeaseSettings settings;
    private final LeaseMeters meters;
    private final Time time;
    private volatile RedisState redis = RedisState.UNKNOWN;
    private volatile long renewedNanos;

    public LeaseKeeper(
            Leasing streams,
            HeldJobs held,
            Settler settler,
            WorkQueues queues,
            RedisOutages outages,
            LeaseSettings settings,
            LeaseMeters meters,
            Time time) {
        this.streams = streams;
        this.held = held;
        this.settler = settler;
        this.queues = queues;
        this.outages = outages;
        this.settings = settings;
        this.meters = meters;
        this.time = time;
        this.renewedNanos = time.reading() - settings.inDoubt().toNanos();
        queues.close(Reason.LEASE_IN_DOUBT);
    }

    public Duration renewOnce() {
        long begun = time.reading();
        outages.watching(this::renewAll);
        renewedNanos = begun;
        if (queues.closedFor(Reason.LEASE_IN_DOUBT)) {
            queues.reopen(Reason.LEASE_IN_DOUBT);
        }
        outages.watching(this::adoptStrays);
        return settings.renew();
    }

    /** Stops taking as soon as the last renewal is too long ago; a worker that was paused notices here first. */
    public Duration watchOnce() {
        boolean inDoubt = time.passed(settings.inDoubt(), renewedNanos);
        if (inDoubt && !queues.closedFor(Reason.LEASE_IN_DOUBT)) {
            queues.close(Reason.LEASE_IN_DOUBT);
            LOG.warnf("No renewal for %s: nothing new starts here until one succeeds.", settings.inDoubt());
            held.executions().stream()
                    .filter(execution -> !execution.task().idempotent())
                    .forEach(execution -> execution.run().stop(StopSignal.Reason.LEASE_IN_DOUBT));
        }
        return WATCH;
    }

    /** What the latest renewal found. */
    public RedisState redis() {
        return redis;
    }

    private void renewAll() {
        try {
            heed(streams.renew(settings.lease(), held.deliveries()));
            redis = RedisState.OPEN;
        } catch (StreamsUnavailable unavailable) {
            redis = RedisState.of(unavailable);
            throw unavailable;
        }
    }

    private void heed(Renewal renewal) {
        held.find(renewal.lost()).forEach(settler::lose);
        held.find(renewal.flagged()).forEach(settler::cancel);
    }

    private void adoptStrays() {
        for (WorkQueue queue : queues.all()) {
            if (queues.open() && queue.roomForAbandoned() > 0) {
                adopt(queue, streams.strays(queue.name(), held.keys(), settings.stray()));
            }
        }
    }

    /** A suspect runs alone or not at all: it goes back to its lane for the worker whose turn it is. */
    private void adopt(WorkQueue queue, List<Delivery> strays) {
        meters.adopted(queue.name(), strays.size());
        queue.acceptAbandoned(
                strays.stream().filter(stray -> !stray.lane().isSuspect()).toList());
        strays.stream()
                .filter(stray -> stray.lane().isSuspect())
                .map(stray -> new JobRun(stray, time.reading()))
                .filter(held::add)
                .forEach(settler::handBack);
    }
}
