package dev.millrace.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.type.TypeFactory;
import dev.millrace.fleet.WorkerEvent.Mode;
import dev.millrace.job.EntryId;
import dev.millrace.job.Job;
import dev.millrace.job.JobEvent;
import dev.millrace.job.JobEvent.Ended;
import dev.millrace.job.JobId;
import dev.millrace.job.JobSpec;
import dev.millrace.job.JobState;
import dev.millrace.job.PolicyOverride;
import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import dev.millrace.loop.Loop;
import dev.millrace.retry.RetryOverride;
import dev.millrace.stream.control.ControlReader;
import dev.millrace.stream.control.MemberKind;
import dev.millrace.stream.control.QueueSlots;
import dev.millrace.stream.entries.EventCodec;
import dev.millrace.stream.entries.EventCodec.Decoded;
import dev.millrace.stream.groups.FleetStream;
import dev.millrace.stream.groups.Tail;
import dev.millrace.stream.jobs.Batch;
import dev.millrace.stream.jobs.Cancelling.Cancel;
import dev.millrace.stream.jobs.Cancelling.Cancellation;
import dev.millrace.stream.jobs.JobStreams;
import dev.millrace.stream.jobs.Submitting;
import dev.millrace.stream.redis.RedisLink;
import dev.millrace.stream.timers.TimerStreams;
import dev.millrace.testkit.Awaiting;
import dev.millrace.testkit.RedisFixture;
import dev.millrace.time.Time;
import dev.millrace.worker.drain.DrainSettings;
import dev.millrace.worker.drain.RecycleSettings;
import dev.millrace.worker.fleet.FleetSettings;
import dev.millrace.worker.flows.DeclaredFlows;
import dev.millrace.worker.lease.LeaseSettings;
import dev.millrace.worker.policy.WorkerPolicies;
import dev.millrace.worker.registry.RetryTypes;
import dev.millrace.worker.registry.TaskDefinition;
import dev.millrace.worker.registry.TaskDefinition.Call;
import dev.millrace.worker.registry.TaskOffers;
import dev.millrace.worker.registry.TaskRegistry;
import dev.millrace.worker.take.Serving;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Real workers with tasks of a test's own, on a real Redis, with leases of less than a second. */
final class Workshop {

    static final QueueName QUEUE = new QueueName("default");

    /** For a job that is not tried again. */
    static final PolicyOverride ATTEMPTS_1 =
            new PolicyOverride(null, null, new RetryOverride(1, null, null, null, null, null));

    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final RedisFixture redis;
    private final RedisLink link;
    private final List<TaskDefinition> tasks = new ArrayList<>();
    private final List<Worker> workers = new ArrayList<>();
    private final List<Loop> timekeepers = new ArrayList<>();
    private int submitted;
    private int named;
    final List<Integer> exitCodes = new CopyOnWriteArrayList<>();
    final MeterRegistry meters = new SimpleMeterRegistry();
    Tracer tracer = TracerProvider.noop().get("none");
    Duration grace = Duration.ofSeconds(5);
    PolicyOverride policy = PolicyOverride.NONE;
    int slots = 4;
    OptionalInt prefetch = OptionalInt.of(2);
    Serving.Origin origin = Serving.Origin.USUAL;
    RecycleSettings recycle = RecycleSettings.NEVER;
    Duration sweep = Duration.ofMillis(100);
    Duration lease = Duration.ofMillis(900);

    Workshop(RedisFixture redis) {
        this.redis = redis;
        this.link = redis.link();
    }

    Workshop task(String name, Call call) {
        return task(name, Duration.ofMinutes(1), call);
    }

    Workshop task(String name, Duration timeout, Call call) {
        return task(name, new PolicyOverride(timeout, null, RetryOverride.NONE), RetryTypes.ALL, call);
    }

    Workshop task(String name, PolicyOverride policy, RetryTypes retryTypes, Call call) {
        TypeFactory types = TypeFactory.defaultInstance();
        tasks.add(new TaskDefinition(
                new TaskName(name),
                QUEUE,
                policy,
                retryTypes,
                "",
                true,
                types.constructType(JsonNode.class),
                types.constructType(Object.class),
                call));
        return this;
    }

    /** A task that is offered with the schema of a record. */
    Workshop task(String name, Class<? extends Record> payload, Call call) {
        TypeFactory types = TypeFactory.defaultInstance();
        tasks.add(new TaskDefinition(
                new TaskName(name),
                QUEUE,
                PolicyOverride.NONE,
                RetryTypes.ALL,
                "",
                true,
                types.constructType(payload),
                types.constructType(Object.class),
                call));
        return this;
    }

    Worker start() {
        TaskRegistry registry = new TaskRegistry(tasks);
        String id = "worker-" + ++named;
        Worker.Dependencies dependencies = new Worker.Dependencies(
                new WorkerIdentity(id, "host", "test", Mode.JVM),
                () -> redis.waiting(id),
                new FleetStream(link),
                new ControlReader(redis.link(), MemberKind.WORKER, id),
                new QueueSlots(link),
                new Time(InstantSource.system(), System::nanoTime, Thread::sleep),
                new Random(7),
                (execution, next) -> next.run(execution),
                meters,
                tracer,
                exitCodes::add);
        Worker worker = new Worker(
                settings(registry), registry, new TaskOffers(registry), new DeclaredFlows(List.of()), dependencies);
        workers.add(worker);
        worker.start();
        return worker;
    }

    JobId submit(String task) {
        return submit(task, "{}");
    }

    JobId submit(String task, String payload) {
        return submit(job(task, payload, 0));
    }

    JobId submit(Job job) {
        JobStreams api = redis.streams("api");
        api.enqueue(Submitting.Mode.SUBMIT, api.time(), List.of(job));
        return job.id();
    }

    /** Submits many jobs of one task. */
    void submit(String task, int jobs) {
        JobStreams api = redis.streams("api");
        List<Job> all = Stream.generate(() -> job(task, "{}", 0)).limit(jobs).toList();
        Batch.parts(all).forEach(some -> api.enqueue(Submitting.Mode.SUBMIT, api.time(), some));
    }

    Job job(String task, String payload, int deaths) {
        JobId id = new JobId(new UUID(0x0192_f3c1_0000_7000L, 0x8000_0000_0000_0000L | ++submitted));
        TaskName name = new TaskName(task);
        JobSpec spec = JobSpec.of(name, QUEUE, "default", payload)
                .withHeaders(Map.of("tier", "vip"))
                .withPolicy(policy);
        return Job.first(id, spec).withDeaths(deaths);
    }

    /** The events of one kind of a job so far, in order. */
    <T extends JobEvent> List<T> eventsOf(JobId job, Class<T> kind) {
        return eventsOf(job).stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** All events of a job so far, in order. */
    List<JobEvent> eventsOf(JobId job) {
        return allEvents(JobEvent.class).stream()
                .filter(event -> event.job().equals(job))
                .toList();
    }

    /** The events of one kind of all jobs so far, in order. */
    <T extends JobEvent> List<T> allEvents(Class<T> kind) {
        return Tail.range(link, RedisFixture.NAMES.events(), EntryId.ZERO, new EntryId(Long.MAX_VALUE, 0), 10_000)
                .stream()
                .map(EventCodec::decode)
                .filter(Decoded.Event.class::isInstance)
                .map(decoded -> ((Decoded.Event) decoded).event())
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    Ended endOf(JobId job) {
        await("the end of job " + job, () -> endIfAny(job) != null);
        Ended end = endIfAny(job);
        if (end == null) {
            throw new AssertionError("an end does not go away");
        }
        return end;
    }

    @Nullable
    Ended endIfAny(JobId job) {
        return eventsOf(job).stream()
                .filter(Ended.class::isInstance)
                .map(Ended.class::cast)
                .findFirst()
                .orElse(null);
    }

    static void await(String what, BooleanSupplier reached) {
        Awaiting.until(what, DEADLINE, reached);
    }

    /** What a counter without tags stands at. */
    double count(String counter) {
        return meters.counter(counter).count();
    }

    /** Keeps the time of jobs that wait, as a scheduler does. */
    Workshop keepTime() {
        TimerStreams timers = redis.timers("scheduler");
        timekeepers.add(Loop.start(
                "time",
                () -> {
                    timers.hold(timers.delayed(Batch.MAX, Duration.ofMillis(10)));
                    timers.release(Batch.MAX);
                    return Duration.ZERO;
                },
                Duration.ofMillis(50),
                System::nanoTime));
        return this;
    }

    Cancellation cancel(JobId job) {
        return redis.streams("api")
                .cancel(List.of(new Cancel(job, QUEUE, 1, JobState.CANCELLED)))
                .getFirst();
    }

    /** Stops the workers that still run, without grace. */
    void close() {
        timekeepers.forEach(timekeeper -> timekeeper.stop(Duration.ofSeconds(1)));
        grace = Duration.ZERO;
        for (Worker worker : workers) {
            if (!worker.draining()) {
                worker.stop();
            }
        }
    }

    private WorkerSettings settings(TaskRegistry registry) {
        List<Serving> servings = registry.all().stream()
                .map(TaskDefinition::queue)
                .distinct()
                .map(this::serving)
                .toList();
        LeaseSettings leasing = new LeaseSettings(lease, Duration.ofMillis(150), sweep, true);
        return new WorkerSettings(
                servings,
                this::serving,
                leasing,
                new DrainSettings(grace),
                recycle,
                WorkerPolicies.DEFAULT,
                new FleetSettings(Optional.empty()));
    }

    private Serving serving(QueueName queue) {
        return new Serving(queue, slots, prefetch, origin);
    }
}
