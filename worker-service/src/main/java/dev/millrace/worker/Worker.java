package dev.millrace.worker;

import dev.millrace.fleet.WorkerEvent.Joined;
import dev.millrace.fleet.WorkerEvent.Mode;
import dev.millrace.job.QueueName;
import dev.millrace.loop.Loop;
import dev.millrace.loop.Loops;
import dev.millrace.loop.Pause;
import dev.millrace.stream.groups.FleetStream;
import dev.millrace.stream.jobs.JobStreams;
import dev.millrace.stream.redis.RedisState;
import dev.millrace.stream.redis.StreamsUnavailable;
import dev.millrace.worker.drain.Drain;
import dev.millrace.worker.drain.LeakGuard;
import dev.millrace.worker.fleet.Announcer;
import dev.millrace.worker.fleet.Footprint;
import dev.millrace.worker.lease.CancelWatch;
import dev.millrace.worker.lease.LeaseConfig;
import dev.millrace.worker.lease.LeaseKeeper;
import dev.millrace.worker.lease.LeaseMeters;
import dev.millrace.worker.lease.LeaseReclaimer;
import dev.millrace.worker.lease.RedisOutages;
import dev.millrace.worker.lease.SuspectLane;
import dev.millrace.worker.policy.PolicyConfig;
import dev.millrace.worker.policy.WorkerPolicies;
import dev.millrace.worker.registry.TaskOffers;
import dev.millrace.worker.registry.TaskRegistry;
import dev.millrace.worker.run.HeldJobs;
import dev.millrace.worker.run.JobLog;
import dev.millrace.worker.run.Leaks;
import dev.millrace.worker.run.NoteTeller;
import dev.millrace.worker.run.RunMeters;
import dev.millrace.worker.run.RunScope;
import dev.millrace.worker.run.RunTrace;
import dev.millrace.worker.run.Runner;
import dev.millrace.worker.run.Settler;
import dev.millrace.worker.take.QueueReader;
import dev.millrace.worker.take.Serving;
import dev.millrace.worker.take.TakeControl;
import dev.millrace.worker.take.TakeMeters;
import dev.millrace.worker.take.WorkQueue;
import dev.millrace.worker.take.WorkerConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Tracer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * One worker: its parts, and the loops that turn them. Runs from {@link #start} until {@link #stop}; nothing of it
 * touches Redis before.
 */
public final class Worker {

    private static final Duration RETRY = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofMillis(2500);
    private static final Duration LAST_PATIENCE = Duration.ofMillis(100);

    private static final Logger LOG = Logger.getLogger(Worker.class);

    private final WorkerConfig config;
    private final Dependencies ties;
    private final List<Serving> servings;
    private final HeldJobs held = new HeldJobs();
    private final Leaks leaks = new Leaks();
    private final TakeControl gate = new TakeControl();
    private final Settler settler;
    private final NoteTeller noteTeller;
    private final List<WorkQueue> queues = new ArrayList<>();
    private final LeaseKeeper leaseKeeper;
    private final LeaseReclaimer sweeper;
    private final SuspectLane suspectLane;
    private final CancelWatch cancelWatch;
    private final LeakGuard leakGuard;
    private final Drain drain;
    private final Announcer announcer;
    private final Loops loops;
    private final List<Loop> takers = new ArrayList<>();

    /**
     * How a worker is tied to the world.
     *
     * @param id of this process, never used again
     * @param streams makes an independent way to Redis for each loop
     * @param random is asked by many threads at once
     * @param exit begins to stop the process, which then has this exit code; returns at once
     */
    public record Dependencies(
            String id,
            String host,
            String version,
            Mode mode,
            StreamsFactory streams,
            FleetStream fleet,
            InstantSource clock,
            RandomGenerator random,
            Pause pause,
            RunScope scope,
            MeterRegistry meters,
            Tracer tracer,
            IntConsumer exit) {}

    /** Makes streams with connections of their own, for this worker as consumer. */
    @FunctionalInterface
    public interface StreamsFactory {
        JobStreams make();
    }

    public Worker(WorkerConfig config, TaskRegistry registry, TaskOffers offers, Dependencies ties) {
        if (config.grace().isNegative()) {
            throw new IllegalArgumentException(
                    "millrace.worker.grace cannot be negative as " + config.grace() + " is.");
        }
        this.config = config;
        this.ties = ties;
        this.servings = Serving.of(config, registry);
        LeaseConfig lease = new LeaseConfig(config.lease(), config.renew(), config.sweep());
        JobStreams settling = ties.streams().make();
        JobStreams keeping = ties.streams().make();
        JobStreams sweeping = ties.streams().make();
        this.loops = new Loops(ties.meters(), RETRY);
        JobLog log = new JobLog(ties.id());
        RunMeters runMeters = runMeters(registry);
        this.settler = new Settler(settling, held, leaks, runMeters, log);
        WorkerPolicies terms = terms(config);
        Runner.RunDependencies means = new Runner.RunDependencies(
                ties.clock(), ties.random(), ties.pause(), ties.scope(), log, new RunTrace(ties.tracer()), runMeters);
        Runner runner = new Runner(registry, terms, settling, settler, leaks, means);
        this.noteTeller = new NoteTeller(settling, held, settler, runner);
        for (Serving serving : servings) {
            queues.add(new WorkQueue(serving.queue(), serving.slots(), serving.prefetch(), held, runner, gate));
        }
        LeaseMeters leaseMeters = new LeaseMeters(
                ties.meters(), servings.stream().map(Serving::queue).toList());
        RedisOutages outages = new RedisOutages(sweeping, lease.lease());
        this.leaseKeeper = new LeaseKeeper(keeping, held, settler, queues, gate, outages, lease, leaseMeters);
        this.sweeper = new LeaseReclaimer(sweeping, sweeping, queues, gate, outages, lease, ties.random(), leaseMeters);
        this.suspectLane = new SuspectLane(sweeping, held, settler, queues, gate, lease.lease(), leaseMeters, log);
        this.cancelWatch = new CancelWatch(keeping, held, settler, lease);
        this.leakGuard = new LeakGuard(leaks::count, slots(), ties.exit());
        this.drain = new Drain(gate, queues, held, settler, ties.pause());
        this.announcer = new Announcer(
                ties.fleet(), joined(), () -> offers.of(ties.id(), terms::of), queues, leaks, new Footprint());
        TakeMeters.show(ties.meters(), queues, gate);
    }

    private int slots() {
        return servings.stream().mapToInt(Serving::slots).sum();
    }

    private static WorkerPolicies terms(WorkerConfig config) {
        Map<String, PolicyConfig> queues = new HashMap<>();
        config.queue().forEach((queue, own) -> queues.put(queue, own.terms()));
        return new WorkerPolicies(config.terms(), queues);
    }

    private RunMeters runMeters(TaskRegistry registry) {
        RunMeters meters = new RunMeters(ties.meters());
        registry.all().forEach(task -> meters.expect(task.name()));
        servings.forEach(serving -> meters.expect(serving.queue()));
        return meters;
    }

    private Joined joined() {
        Map<QueueName, Integer> slots = new HashMap<>();
        servings.forEach(serving -> slots.put(serving.queue(), serving.slots()));
        long pid = ProcessHandle.current().pid();
        return new Joined(
                ties.id(),
                ties.host(),
                pid,
                ties.version(),
                ties.mode(),
                ties.clock().instant(),
                slots);
    }

    public String id() {
        return ties.id();
    }

    public void start() {
        loops.start("renew", leaseKeeper::renewOnce);
        loops.start("watch", leaseKeeper::watchOnce);
        loops.start("cancels", cancelWatch::lookOnce);
        loops.start("leaks", leakGuard::lookOnce);
        loops.start("settle", settler::settleOnce);
        loops.start("note", noteTeller::tellOnce);
        takers.add(loops.start("sweep", sweeper::sweepOnce));
        takers.add(loops.start("suspects", suspectLane::turnOnce));
        loops.start("announce", announcer::beatOnce);
        for (WorkQueue queue : queues) {
            QueueReader reader = new QueueReader(ties.streams().make(), queue, gate);
            takers.add(loops.start("take-" + queue.name(), reader::takeOnce));
        }
        LOG.infof("Worker %s serves %s.", ties.id(), servings);
    }

    /** Takes nothing new at once, gives running jobs the grace, hands back the rest, and says good-bye. */
    public void stop() throws InterruptedException {
        drain.begin();
        drain.finish(config.grace());
        takers.forEach(taker -> taker.stop(PATIENCE));
        drain.finish(Duration.ZERO);
        loops.stop(LAST_PATIENCE);
        sayGoodBye();
    }

    private void sayGoodBye() {
        try {
            announcer.leave();
            ties.streams().make().leave(queues.stream().map(WorkQueue::name).toList());
        } catch (StreamsUnavailable unavailable) {
            LOG.warnf("Worker %s leaves without a word; its lease will run out: %s", id(), unavailable.getMessage());
        }
    }

    /** Slots that runs hold which are over; see {@link Leaks}. */
    public int leakedSlots() {
        return leaks.count();
    }

    /** Whether its latest renewal succeeded in time, and it has told the fleet what it offers, and is not stopping. */
    public boolean ready() {
        return announced()
                && redis() == RedisState.OPEN
                && !gate.closedFor(TakeControl.Reason.LEASE_IN_DOUBT)
                && !draining();
    }

    /** Whether the fleet has been told what it offers. */
    public boolean announced() {
        return announcer.announced();
    }

    /** What its latest renewal found. */
    public RedisState redis() {
        return leaseKeeper.redis();
    }

    public boolean draining() {
        return gate.closedFor(TakeControl.Reason.DRAINING);
    }

    /** What turns it. */
    public Loops loops() {
        return loops;
    }
}
