package dev.millrace.worker.lease;

import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.jobs.Batch;
import dev.millrace.stream.jobs.Leasing;
import dev.millrace.worker.take.WorkQueue;
import dev.millrace.worker.take.WorkQueues;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * Takes over the jobs of workers that no longer renew, as many as there is room for and a few more, and forgets those workers.
 * While a queue has more of them than there was room for, it goes on as room comes free; every other slot is left to what
 * waits in the queue.
 */
public final class LeaseReclaimer {

    private static final int SWEEPS_BETWEEN_FORGETTING = 15;

    /** How long it waits for the room of one queue before it looks at the others. */
    private static final Duration ROOM = Duration.ofMillis(50);

    private static final Logger LOG = Logger.getLogger(LeaseReclaimer.class);

    private final Leasing leases;
    private final WorkQueues queues;
    private final RedisOutages outages;
    private final LeaseSettings settings;
    private final RandomGenerator random;
    private final LeaseMeters meters;
    private List<WorkQueue> unfinished = List.of();
    private int sweeps;

    public LeaseReclaimer(
            Leasing leases,
            WorkQueues queues,
            RedisOutages outages,
            LeaseSettings settings,
            RandomGenerator random,
            LeaseMeters meters) {
        this.leases = leases;
        this.queues = queues;
        this.outages = outages;
        this.settings = settings;
        this.random = random;
        this.meters = meters;
    }

    /** Looks at all queues, or goes on with those where the look before left something. */
    public Duration reclaimOnce() throws InterruptedException {
        if (unfinished.isEmpty()) {
            outages.watching(this::sweep);
        } else {
            unfinished.getFirst().awaitRoomForAbandoned(ROOM);
            outages.watching(this::goOn);
        }
        return unfinished.isEmpty() ? untilTheNextSweep() : Duration.ZERO;
    }

    private Duration untilTheNextSweep() {
        long millis = settings.reclaim().toMillis();
        return Duration.ofMillis(millis / 2 + random.nextLong(millis + 1));
    }

    private void sweep() {
        if (!queues.open() || outages.leasesAreUnsure()) {
            return;
        }
        unfinished = queues.all().stream().filter(this::leavesMore).toList();
        if (++sweeps % SWEEPS_BETWEEN_FORGETTING == 0) {
            queues.names().forEach(leases::forgetGone);
        }
    }

    /** If Redis fails meanwhile, what comes next is a sweep, which asks first whether leases can be trusted. */
    private void goOn() {
        List<WorkQueue> before = unfinished;
        unfinished = List.of();
        if (queues.open()) {
            unfinished = before.stream()
                    .filter(WorkQueue::served)
                    .filter(this::leavesMore)
                    .toList();
        }
    }

    /** Takes over what there is room for; returns whether there may be more. */
    private boolean leavesMore(WorkQueue queue) {
        int room = Math.min(queue.roomForAbandoned(), Batch.MAX);
        return room <= 0 || reclaim(queue, room) == room;
    }

    private int reclaim(WorkQueue queue, int room) {
        List<Delivery> abandoned = leases.reclaim(queue.name(), room, settings.lease());
        if (!abandoned.isEmpty()) {
            LOG.infof("Reclaimed %d jobs of queue '%s' from workers that are gone.", abandoned.size(), queue.name());
            meters.reclaimed(queue.name(), abandoned.size());
            queue.acceptAbandoned(abandoned);
        }
        return abandoned.size();
    }
}
