package dev.millrace.worker.lease;

import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.jobs.Batch;
import dev.millrace.stream.jobs.Leasing;
import dev.millrace.stream.jobs.Taking;
import dev.millrace.stream.jobs.Taking.Admit;
import dev.millrace.worker.take.WorkQueue;
import dev.millrace.worker.take.WorkQueues;
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

    private static final int TURNS_BETWEEN_FORGETTING = 15;

    private static final Logger LOG = Logger.getLogger(LeaseReclaimer.class);

    private final Leasing leases;
    private final Taking taking;
    private final WorkQueues queues;
    private final RedisOutages outages;
    private final LeaseSettings settings;
    private final RandomGenerator random;
    private final LeaseMeters meters;
    private int turns;

    public LeaseReclaimer(
            Leasing leases,
            Taking taking,
            WorkQueues queues,
            RedisOutages outages,
            LeaseSettings settings,
            RandomGenerator random,
            LeaseMeters meters) {
        this.leases = leases;
        this.taking = taking;
        this.queues = queues;
        this.outages = outages;
        this.settings = settings;
        this.random = random;
        this.meters = meters;
    }

    public Duration reclaimOnce() {
        outages.watching(this::reclaim);
        long millis = settings.reclaim().toMillis();
        return Duration.ofMillis(millis / 2 + random.nextLong(millis + 1));
    }

    private void reclaim() {
        if (!queues.open() || outages.leasesAreUnsure()) {
            return;
        }
        boolean forgetToo = ++turns % TURNS_BETWEEN_FORGETTING == 0;
        for (WorkQueue queue : queues.all()) {
            reclaim(queue);
            if (forgetToo) {
                leases.forgetGone(queue.name());
            }
        }
    }

    private void reclaim(WorkQueue queue) {
        int room = Math.min(queue.roomForAbandoned(), Batch.MAX);
        if (room <= 0) {
            return;
        }
        List<Delivery> abandoned = leases.reclaim(queue.name(), room, settings.lease());
        if (!abandoned.isEmpty()) {
            List<Delivery> admitted = admitted(abandoned);
            LOG.infof("Reclaimed %d jobs of queue '%s' from workers that are gone.", admitted.size(), queue.name());
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
