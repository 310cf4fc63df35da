package dev.millrace.worker.fleet;

import dev.millrace.fleet.WorkerEvent;
import dev.millrace.fleet.WorkerEvent.Beat;
import dev.millrace.fleet.WorkerEvent.Joined;
import dev.millrace.fleet.WorkerEvent.Left;
import dev.millrace.fleet.WorkerEvent.Load;
import dev.millrace.fleet.WorkerEvent.State;
import dev.millrace.job.QueueName;
import dev.millrace.stream.groups.FleetStream;
import dev.millrace.worker.held.Leaks;
import dev.millrace.worker.take.WorkQueue;
import dev.millrace.worker.take.WorkQueues;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Announces this worker, its tasks and its workflows when it joins, and again every minute, so that an api that lost its memory learns
 * of it; a beat every 5 s says that it lives, whether it takes jobs, and what it has of each queue.
 */
public final class Announcer {

    private static final Duration BEAT = Duration.ofSeconds(5);
    private static final int BEATS_BETWEEN_OFFERS = 12;

    private final FleetStream fleet;
    private final Supplier<Joined> joined;
    private final Supplier<List<WorkerEvent>> offers;
    private final WorkQueues queues;
    private final Leaks leaks;
    private final ProcessUsage usage;
    private int beats;
    private volatile boolean announced;
    private volatile boolean owesOffers = true;

    public Announcer(
            FleetStream fleet,
            Supplier<Joined> joined,
            Supplier<List<WorkerEvent>> offers,
            WorkQueues queues,
            Leaks leaks,
            ProcessUsage usage) {
        this.fleet = fleet;
        this.joined = joined;
        this.offers = offers;
        this.queues = queues;
        this.leaks = leaks;
        this.usage = usage;
    }

    public Duration beatOnce() {
        List<WorkerEvent> events = new ArrayList<>();
        if (owesOffers || beats % BEATS_BETWEEN_OFFERS == 0) {
            owesOffers = false;
            events.add(joined.get());
            events.addAll(offers.get());
        }
        events.add(beat());
        fleet.publish(events);
        beats++;
        announced = true;
        return BEAT;
    }

    /** The next beat tells of all again, whenever it comes: there is something new. */
    public void oweOffers() {
        owesOffers = true;
    }

    public boolean announced() {
        return announced;
    }

    public void leave() {
        fleet.publish(List.of(new Left(worker(), Optional.of("stopped"))));
    }

    private String worker() {
        return joined.get().worker();
    }

    /** How it is now. */
    public Beat beat() {
        return new Beat(
                worker(),
                queues.draining() ? State.DRAINING : State.RUNNING,
                usage.cpuPercent(),
                usage.memoryBytes(),
                loads(),
                leaks.count());
    }

    private Map<QueueName, Load> loads() {
        Map<QueueName, Load> loads = new HashMap<>();
        queues.ever().forEach(queue -> loads.put(queue.name(), load(queue)));
        loads.entrySet()
                .removeIf(one -> one.getValue().slots() == 0 && one.getValue().held() == 0);
        return loads;
    }

    private static Load load(WorkQueue queue) {
        int running = queue.running();
        return new Load(queue.slots(), running, running + queue.prefetched(), queue.shares());
    }
}
