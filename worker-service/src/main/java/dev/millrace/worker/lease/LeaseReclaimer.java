package dev.millrace.worker.lease;

import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.jobs.Batch;
import dev.millrace.stream.jobs.Leasing;
import dev.millrace.stream.jobs.Taking;
import dev.millrace.stream.jobs.Taking.Admit;
import dev.millrace.worker.take.TakeControl;
import dev.millrace.worker.take.WorkQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * Takes over the jobs of workers that no longer renew, as many as there is room for and a few more, and forgets those workers.
 * They run before what waits here already: they were taken earlier.
 */
public final class LeaseReclaimer {

    private static final int SWEEPS_BETWEEN_FORGETTING = 15;

    private static final Logger LOG = Logger.getLogger(LeaseReclaimer.class);

    private final Leasing leases;
    private final Taking taking;
    private final List<WorkQueue> queues;
    private final TakeControl gate;
    private final RedisOutages outages;
    private final LeaseConfig config;
    private final RandomGenerator random;
    private final LeaseMeters meters;
    private int sweeps;

    public LeaseReclaimer(
            Leasing leases,
            Taking taking,
            List<WorkQueue> queues,
            TakeControl gate,
            RedisOutages outages,
            LeaseConfig config,
            RandomGenerator random,
            LeaseMeters meters) {
        this.leases = leases;
        this.taking = taking;
        this.queues = queues;
        this.gate = gate;
        this.outages = outages;
        this.config = config;
        this.random = random;
        this.meters = meters;
    }

    public Duration sweepOnce() {
        outages.watching(this::sweep);
        long millis = config.sweep().toMillis();
        return Duration.ofMillis(millis / 2 + random.nextLong(millis + 1));
    }

    private void sweep() {
        if (!gate.open() || outages.leasesAreUnsure()) {
            return;
        }
        boolean forgetToo = ++sweeps % SWEEPS_BETWEEN_FORGETTING == 0;
        for (WorkQueue queue : queues) {
            takeOver(queue);
            if (forgetToo) {
                leases.forgetGone(queue.name());
            }
        }
    }

    private void takeOver(WorkQueue queue) {
        int room = Math.min(queue.roomForAbandoned(), Batch.MAX);
        if (room <= 0) {
            return;
        }
        List<Delivery> abandoned = leases.reclaim(queue.name(), room, config.lease());
        if (!abandoned.isEmpty()) {
            List<Delivery> admitted = admitted(abandoned);
            LOG.infof("Took over %d abandoned jobs of queue '%s'.", admitted.size(), queue.name());
            meters.reclaimed(queue.name(), admitted.size());
            queue.acceptAbandoned(admitted);
        }
    }

    private List<Delivery> admitted(List<Delivery> abandoned) {
        List<Admit> admissions = taking.start(abandoned);
        List<Delivery> admitted = new ArrayList<>(abandoned.size());
        for (int i = 0; i < abandoned.size(); i++) {
            if (admissions.get(i) == Admit.GO) {
                admitted.add(abandoned.get(i));
            }
        }
        return admitted;
    }
}
