package dev.millrace.worker.lease;

import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.jobs.Leasing;
import dev.millrace.stream.jobs.Leasing.Renewal;
import dev.millrace.stream.redis.RedisState;
import dev.millrace.stream.redis.StreamsUnavailable;
import dev.millrace.worker.run.HeldJobs;
import dev.millrace.worker.run.JobRun;
import dev.millrace.worker.run.JobRun.Execution;
import dev.millrace.worker.run.Settler;
import dev.millrace.worker.run.StopSignal;
import dev.millrace.worker.take.TakeControl;
import dev.millrace.worker.take.TakeControl.Reason;
import dev.millrace.worker.take.WorkQueue;
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
    private final List<WorkQueue> queues;
    private final TakeControl gate;
    private final RedisOutages outages;
    private final LeaseConfig config;
    private final LeaseMeters meters;
    private volatile RedisState redis = RedisState.UNKNOWN;
    private volatile long renewedNanos;

    public LeaseKeeper(
            Leasing streams,
            HeldJobs held,
            Settler settler,
            List<WorkQueue> queues,
            TakeControl gate,
            RedisOutages outages,
            LeaseConfig config,
            LeaseMeters meters) {
        this.streams = streams;
        this.held = held;
        this.settler = settler;
        this.queues = queues;
        this.gate = gate;
        this.outages = outages;
        this.config = config;
        this.meters = meters;
        this.renewedNanos = System.nanoTime() - config.inDoubt().toNanos();
        gate.close(Reason.LEASE_IN_DOUBT);
    }

    public Duration renewOnce() {
        long begun = System.nanoTime();
        outages.watching(this::renewAll);
        renewedNanos = begun;
        if (gate.closedFor(Reason.LEASE_IN_DOUBT)) {
            gate.reopen(Reason.LEASE_IN_DOUBT);
            queues.forEach(WorkQueue::pump);
        }
        outages.watching(this::adoptStrays);
        return config.renew();
    }

    /** Closes the gate as soon as the last renewal is too long ago; a worker that was paused notices here first. */
    public Duration watchOnce() {
        boolean inDoubt = System.nanoTime() - renewedNanos >= config.inDoubt().toNanos();
        if (inDoubt && !gate.closedFor(Reason.LEASE_IN_DOUBT)) {
            gate.close(Reason.LEASE_IN_DOUBT);
            LOG.warnf("No renewal for %s: nothing new starts here until one succeeds.", config.inDoubt());
            held.all().stream()
                    .filter(LeaseKeeper::mustNotRunTwice)
                    .forEach(run -> run.stop(StopSignal.Reason.LEASE_IN_DOUBT));
        }
        return WATCH;
    }

    /** What the latest renewal found. */
    public RedisState redis() {
        return redis;
    }

    private static boolean mustNotRunTwice(JobRun run) {
        Execution execution = run.execution();
        return run.running() && execution != null && !execution.idempotent();
    }

    private void renewAll() {
        try {
            heed(streams.renew(config.lease(), held.deliveries()));
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
        for (WorkQueue queue : queues) {
            if (gate.open() && queue.roomForAbandoned() > 0) {
                adopt(queue, streams.strays(queue.name(), held.keys(), config.stray()));
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
                .map(stray -> new JobRun(stray, System.nanoTime(), true))
                .filter(held::add)
                .forEach(settler::handBack);
    }
}
