package dev.millrace.worker;

import dev.millrace.fleet.WorkerEvent;
import dev.millrace.fleet.WorkerEvent.Joined;
import dev.millrace.job.QueueName;
import dev.millrace.loop.Loop;
import dev.millrace.loop.Loops;
import dev.millrace.stream.control.ControlReader;
import dev.millrace.stream.control.QueueSlots;
import dev.millrace.stream.groups.FleetStream;
import dev.millrace.stream.jobs.JobStreams;
import dev.millrace.stream.redis.RedisState;
import dev.millrace.stream.redis.StreamsUnavailable;
import dev.millrace.time.Time;
import dev.millrace.worker.control.CommandHandler;
import dev.millrace.worker.control.SettingsWatch;
import dev.millrace.worker.drain.Drain;
import dev.millrace.worker.drain.LeakGuard;
import dev.millrace.worker.drain.RecycleGuard;
import dev.millrace.worker.drain.Recycling;
import dev.millrace.worker.fleet.Announcer;
import dev.millrace.worker.fleet.ProcessUsage;
import dev.millrace.worker.flows.DeclaredFlows;
import dev.millrace.worker.held.HeldJobs;
import dev.millrace.worker.held.JobLog;
import dev.millrace.worker.held.Leaks;
import dev.millrace.worker.lease.CancelWatch;
import dev.millrace.worker.lease.ConnectionKeeper;
import dev.millrace.worker.lease.ConnectionWatch;
import dev.millrace.worker.lease.LeaseKeeper;
import dev.millrace.worker.lease.LeaseMeters;
import dev.millrace.worker.lease.LeaseReclaimer;
import dev.millrace.worker.lease.LeaseSettings;
import dev.millrace.worker.lease.RedisOutages;
import dev.millrace.worker.lease.SuspectLane;
import dev.millrace.worker.registry.TaskOffers;
import dev.millrace.worker.registry.TaskRegistry;
import dev.millrace.worker.run.AdmissionCheck;
import dev.millrace.worker.run.ProgressReporter;
import dev.millrace.worker.run.RunInterceptor;
import dev.millrace.worker.run.RunTrace;
import dev.millrace.worker.run.Runner;
import dev.millrace.worker.run.SensitivePayloads;
import dev.millrace.worker.run.TaskInvocation;
import dev.millrace.worker.run.TimeLimits;
import dev.millrace.worker.run.WaitMeters;
import dev.millrace.worker.settle.SettleMeters;
import dev.millrace.worker.settle.Settler;
import dev.millrace.worker.take.QueueReader;
import dev.millrace.worker.take.Serving;
import dev.millrace.worker.take.Slots;
import dev.millrace.worker.take.TakeControl;
import dev.millrace.worker.take.TakeMeters;
import dev.millrace.worker.take.WorkQueue;
import dev.millrace.worker.take.WorkQueues;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Tracer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntConsumer;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One worker: its parts, and the loops that turn them. Runs from {@link #start} until {@link #stop}; nothing of it
 * touches Redis before.
 */
public final class Worker {

    private static final Duration RETRY = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofMillis(2500);
    private static final Duration LAST_PATIENCE = Duration.ofMillis(100);

    private static final Logger LOG = Logger.getLogger(Worker.class);

    private final WorkerSettings settings;
    private final Dependencies dependencies;
    private final Settler settler;
    private final TimeLimits timeLimits;
    private final ProgressReporter progressReporter;
    private final Leaks leaks;
    private final TakeControl control = new TakeControl();
    private final WorkQueues queues;
    private final LeaseKeeper leaseKeeper;
    private final LeaseReclaimer leaseReclaimer;
    private final ConnectionKeeper connectionKeeper;
    private final ConnectionWatch connectionWatch;
    private final SuspectLane suspectLane;
    private final CancelWatch cancelWatch;
    private final LeakGuard leakGuard;
    private final Drain drain;
    private final Announcer announcer;
    private final CommandHandler commands;
    private final SettingsWatch settingsWatch;
    private final RecycleGuard recycleGuard;
    private final Runner runner;
    private final HeldJobs held;
    private final LeaseMeters leaseMeters;
    private final WaitMeters waitMeters;
    private final Recycling recycling;
    private final Loops loops;
    private final List<Loop> takers = new CopyOnWriteArrayList<>();
    private final Instant made;
    private @Nullable Loop announcing;
    private @Nullable Slots shared;

    /**
     * What a worker needs of the world.
     *
     * @param streams makes an independent way to Redis for each loop
     * @param control reads what operators ask of this worker
     * @param queueSlots what they set of queues
     * @param random is asked by many threads at once
     * @param scope is entered for each run
     * @param exit begins to stop the process, which then has this exit code; returns at once
     */
    public record Dependencies(
            WorkerIdentity identity,
            StreamsFactory streams,
            FleetStream fleet,
            ControlReader control,
            QueueSlots queueSlots,
            Time time,
            RandomGenerator random,
            RunInterceptor scope,
            MeterRegistry meters,
            Tracer tracer,
            IntConsumer exit) {}

    /** Makes streams with connections of their own, for this worker as consumer. */
    @FunctionalInterface
    public interface StreamsFactory {
        JobStreams make();
    }

    public Worker(
            WorkerSettings settings,
            TaskRegistry registry,
            TaskOffers offers,
            DeclaredFlows flows,
            Dependencies dependencies) {
        this.settings = settings;
        this.dependencies = dependencies;
        this.made = dependencies.time().instant();
        Time time = dependencies.time();
        MeterRegistry meters = dependencies.meters();
        LeaseSettings lease = settings.lease();
        JobStreams settling = dependencies.streams().make();
        JobStreams keeping = dependencies.streams().make();
        JobStreams reclaiming = dependencies.streams().make();
        this.held = new HeldJobs();
        JobLog log = new JobLog(id());
        SettleMeters settleMeters = settleMeters(registry);
        this.loops = new Loops(meters, time.nanos(), RETRY);
        this.leaks = new Leaks(time);
        this.settler = new Settler(settling, held, leaks, settleMeters, log, time);
        this.waitMeters = waitMeters();
        this.recycling = Recycling.of(settings.recycle(), dependencies.random(), time);
        this.runner = runner(
                new AdmissionCheck(registry, settings.policies(), settling, settler, time),
                SensitivePayloads.of(offers.payloadSchemas()),
                log);
        this.timeLimits = new TimeLimits(held, runner, leaks, time);
        this.progressReporter = new ProgressReporter(settling, held, settler, time);
        this.queues = new WorkQueues(
                control, settings.servings().stream().map(this::queue).toList());
        this.leaseMeters = new LeaseMeters(meters, queues.names());
        RedisOutages outages = new RedisOutages(reclaiming, lease.lease(), time);
        this.leaseKeeper = new LeaseKeeper(keeping, held, settler, queues, outages, lease, leaseMeters, time);
        this.leaseReclaimer =
                new LeaseReclaimer(reclaiming, queues, outages, lease, dependencies.random(), leaseMeters);
        this.connectionKeeper = new ConnectionKeeper(keeping, queues, lease, time);
        this.connectionWatch = new ConnectionWatch(reclaiming, lease, leaseMeters, time);
        this.suspectLane = new SuspectLane(reclaiming, held, settler, queues, lease.lease(), leaseMeters, log, time);
        this.cancelWatch = new CancelWatch(keeping, held, settler, lease, time);
        this.leakGuard = new LeakGuard(leaks::count, queues::slots, dependencies.exit());
        this.recycleGuard = new RecycleGuard(recycling, queues, held, settler, this::announceNow, dependencies.exit());
        this.drain = new Drain(queues, held, settler, time);
        this.announcer = new Announcer(
                dependencies.fleet(), this::joined, () -> offers(offers, flows), queues, leaks, new ProcessUsage());
        this.commands = new CommandHandler(
                dependencies.control(),
                queues,
                settler,
                announcer,
                this::announceNow,
                this::serve,
                dependencies.exit());
        this.settingsWatch = new SettingsWatch(dependencies.queueSlots(), queues, this::announceNow);
        settleMeters.watch(settler);
        TakeMeters.show(meters, queues, leaks);
    }

    private List<WorkerEvent> offers(TaskOffers tasks, DeclaredFlows flows) {
        List<WorkerEvent> offers = new ArrayList<>(tasks.of(id(), settings.policies()::of));
        offers.addAll(flows.of(id()));
        return offers;
    }

    /** The interceptors stand here, the first of them outermost. */
    private Runner runner(AdmissionCheck admission, SensitivePayloads sensitive, JobLog log) {
        return new Runner(
                admission,
                List.of(waitMeters, recycling, dependencies.scope(), new RunTrace(dependencies.tracer())),
                new TaskInvocation(dependencies.time(), log, sensitive, settler),
                settler,
                log,
                dependencies.random());
    }

    private WorkQueue queue(Serving serving) {
        Slots slots = serving.origin() == Serving.Origin.SHARED ? shared(serving) : new Slots(serving.slots());
        return new WorkQueue(serving, slots, held, runner, control, dependencies.time());
    }

    /** The same for all, made with the first that has them. */
    private Slots shared(Serving serving) {
        Slots all = shared == null ? new Slots(serving.slots()) : shared;
        shared = all;
        return all;
    }

    private SettleMeters settleMeters(TaskRegistry registry) {
        SettleMeters meters = new SettleMeters(dependencies.meters());
        registry.all().forEach(task -> meters.expect(task.name()));
        return meters;
    }

    private WaitMeters waitMeters() {
        WaitMeters meters = new WaitMeters(dependencies.meters());
        settings.servings().forEach(serving -> meters.expect(serving.queue()));
        return meters;
    }

    private Joined joined() {
        Map<QueueName, Integer> slots = new HashMap<>();
        queues.all().forEach(queue -> slots.put(queue.name(), queue.slots()));
        WorkerIdentity self = dependencies.identity();
        return new Joined(
                self.id(),
                settings.fleet().name().orElse(self.id()),
                self.host(),
                ProcessHandle.current().pid(),
                self.version(),
                self.mode(),
                made,
                slots);
    }

    public String id() {
        return dependencies.identity().id();
    }

    public void start() {
        loops.start("renew", leaseKeeper::renewOnce);
        loops.start("watch", leaseKeeper::watchOnce);
        loops.start("cancels", cancelWatch::lookOnce);
        loops.start("leaks", leakGuard::lookOnce);
        loops.start("recycle", recycleGuard::lookOnce);
        loops.start("settings", settingsWatch::lookOnce);
        loops.start("settle", settler::settleOnce);
        loops.start("limits", timeLimits::enforceOnce);
        loops.start("note", progressReporter::reportOnce);
        Loop sweep = loops.start("sweep", leaseReclaimer::reclaimOnce);
        takers.add(sweep);
        if (settings.lease().watchConnections()) {
            loops.start("connection", connectionKeeper::keepOnce);
            loops.start("dead", () -> connectionWatch.lookOnce(sweep::wake));
        }
        takers.add(loops.start("suspects", suspectLane::turnOnce));
        announcing = loops.start("announce", announcer::beatOnce);
        queues.all().forEach(this::take);
        loops.start("control", commands::obeyOnce);
        LOG.infof("Worker %s serves %s.", id(), settings.servings());
    }

    private void take(WorkQueue queue) {
        QueueReader reader = new QueueReader(dependencies.streams().make(), queue, control, dependencies.time());
        takers.add(loops.start("take-" + queue.name(), reader::takeOnce));
    }

    /** From now on, one that it never served. */
    private void serve(QueueName name) {
        WorkQueue queue = queue(settings.other().apply(name));
        TakeMeters.show(dependencies.meters(), queue);
        leaseMeters.expect(name);
        waitMeters.expect(name);
        queues.add(queue);
        take(queue);
    }

    /** Takes nothing new at once, gives running jobs the grace, hands back the rest, and says good-bye. */
    public void stop() {
        drain.begin();
        announceNow();
        drain.finish(settings.drain().grace());
        takers.forEach(taker -> taker.stop(PATIENCE));
        drain.finish(Duration.ZERO);
        loops.stop(LAST_PATIENCE);
        sayGoodBye();
    }

    private void announceNow() {
        Loop loop = announcing;
        if (loop != null) {
            loop.wake();
        }
    }

    private void sayGoodBye() {
        try {
            announcer.leave();
            dependencies
                    .streams()
                    .make()
                    .leave(queues.ever().stream().map(WorkQueue::name).toList());
            commands.leave();
        } catch (StreamsUnavailable unavailable) {
            LOG.warnf("Worker %s leaves without a word; its lease will run out: %s", id(), unavailable.getMessage());
        }
    }

    /** Slots that runs hold which are over; see {@link Leaks}. */
    public int leakedSlots() {
        return leaks.count();
    }

    /** Whether its latest renewal succeeded in time, and it has announced what it offers, and is not stopping. */
    public boolean ready() {
        return announced()
                && redis() == RedisState.OPEN
                && !control.closedFor(TakeControl.Reason.LEASE_IN_DOUBT)
                && !draining();
    }

    /** Whether it has announced what it offers. */
    public boolean announced() {
        return announcer.announced();
    }

    /** What its latest renewal found. */
    public RedisState redis() {
        return leaseKeeper.redis();
    }

    public boolean draining() {
        return control.closedFor(TakeControl.Reason.DRAINING);
    }

    /** What turns it. */
    public Loops loops() {
        return loops;
    }
}
