package dev.millrace.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.type.TypeFactory;
import dev.millrace.job.ExecutionPolicy;
import dev.millrace.job.Job;
import dev.millrace.job.JobEvent;
import dev.millrace.job.JobEvent.Ordered;
import dev.millrace.job.JobSpec;
import dev.millrace.job.PolicyOverride;
import dev.millrace.retry.RetryPolicy;
import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.entries.EventCodec.Decoded;
import dev.millrace.stream.jobs.JobStreams;
import dev.millrace.stream.jobs.Submitting;
import dev.millrace.testkit.Jobs;
import dev.millrace.testkit.TestTime;
import dev.millrace.testkit.fake.FakeRedis;
import dev.millrace.worker.held.HeldJobs;
import dev.millrace.worker.held.JobLog;
import dev.millrace.worker.held.JobRun;
import dev.millrace.worker.held.Leaks;
import dev.millrace.worker.held.StopSignal;
import dev.millrace.worker.held.TaskExecution;
import dev.millrace.worker.policy.WorkerPolicies;
import dev.millrace.worker.registry.RetryTypes;
import dev.millrace.worker.registry.TaskDefinition;
import dev.millrace.worker.registry.TaskRegistry;
import dev.millrace.worker.settle.SettleMeters;
import dev.millrace.worker.settle.Settler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs that a worker holds, of jobs on a fake Redis, in a time that stands still until it is moved. */
public final class HeldRuns {

    public static final String WORKER = "worker-1";

    public final TestTime time = new TestTime();
    public final HeldJobs held = new HeldJobs();
    public final Leaks leaks = new Leaks(time.time());
    public final JobStreams streams;
    public final Settler settler;
    public final Runner runner;
    private final FakeRedis redis = new FakeRedis(time.time().clock());
    private int submitted;

    public HeldRuns() {
        this((payload, context) -> payload);
    }

    /** Runs of a task that does this. */
    public HeldRuns(TaskDefinition.Call call) {
        JobLog log = new JobLog(WORKER);
        streams = redis.streams(WORKER);
        streams.bless(1);
        settler = new Settler(streams, held, leaks, new SettleMeters(new SimpleMeterRegistry()), log, time.time());
        AdmissionCheck admission = new AdmissionCheck(
                new TaskRegistry(List.of(task(Jobs.job(0), true, call))),
                WorkerPolicies.DEFAULT,
                streams,
                settler,
                time.time());
        TaskInvocation invocation = new TaskInvocation(time.time(), log, SensitivePayloads.NONE, settler);
        runner = new Runner(admission, List.of(), invocation, settler, log, new Random(7));
    }

    /** A run that waits for a slot. */
    public JobRun waiting() {
        submit(1);
        return taken();
    }

    /** As {@link #waiting()}, of a job with that payload. */
    public JobRun waiting(String payload) {
        Job job = Jobs.job(++submitted);
        JobSpec spec = JobSpec.of(job.task(), job.queue(), job.spec().tenant(), payload);
        streams.enqueue(Submitting.Mode.SUBMIT, streams.time(), List.of(job.withSpec(spec)));
        return taken();
    }

    private JobRun taken() {
        Delivery delivery = streams.take(Jobs.QUEUE, 1).getFirst();
        JobRun run = new JobRun(delivery, time.time().reading());
        held.add(run);
        return run;
    }

    /** Puts jobs on {@link Jobs#QUEUE} whose task returns their payload. */
    public void submit(int jobs) {
        for (int i = 0; i < jobs; i++) {
            streams.enqueue(Submitting.Mode.SUBMIT, streams.time(), List.of(Jobs.job(++submitted)));
        }
    }

    /** Puts jobs on the suspect lane of {@link Jobs#QUEUE}: two workers that held them have died. */
    public void suspects(int jobs) {
        Duration lease = Duration.ofSeconds(15);
        submit(jobs);
        assertThat(redis.streams("dead-1").take(Jobs.QUEUE, jobs)).hasSize(jobs);
        time.advance(lease);
        assertThat(redis.streams("dead-2").reclaim(Jobs.QUEUE, jobs, lease)).hasSize(jobs);
        time.advance(lease);
        assertThat(streams.reclaim(Jobs.QUEUE, jobs, lease)).isEmpty();
        assertThat(streams.suspects(Jobs.QUEUE)).isEqualTo(jobs);
    }

    /** What another worker does. */
    public JobStreams other() {
        return redis.streams("worker-2");
    }

    /** A run that has begun just now on a thread that does nothing. */
    public JobRun running(boolean idempotent, Duration timeout, @Nullable Duration softTimeout) {
        JobRun run = waiting();
        ExecutionPolicy policy = new ExecutionPolicy(timeout, softTimeout, RetryPolicy.DEFAULT);
        run.enterThread();
        run.begin(new TaskExecution(
                run,
                task(run.job(), idempotent),
                policy,
                Thread.ofVirtual().unstarted(() -> {}),
                time.time().instant(),
                time.time().reading()));
        return run;
    }

    public JobRun running() {
        return running(true, Duration.ofMinutes(1), null);
    }

    private static TaskDefinition task(Job job, boolean idempotent) {
        return task(job, idempotent, (payload, context) -> payload);
    }

    private static TaskDefinition task(Job job, boolean idempotent, TaskDefinition.Call call) {
        TypeFactory types = TypeFactory.defaultInstance();
        return new TaskDefinition(
                job.task(),
                job.queue(),
                PolicyOverride.NONE,
                RetryTypes.ALL,
                "",
                idempotent,
                types.constructType(Object.class),
                types.constructType(Object.class),
                call);
    }

    /** Why it was asked to come to an end. */
    public static boolean asked(JobRun run, StopSignal.Reason why) {
        return run.stopSignal().isAskedFor(why);
    }

    /** Runs a job from its start to its end, which Redis then knows; returns its last event. */
    public JobEvent runOne() throws InterruptedException {
        return run(waiting());
    }

    /** As {@link #runOne()}, of a job with that payload. */
    public JobEvent runOne(String payload) throws InterruptedException {
        return run(waiting(payload));
    }

    private JobEvent run(JobRun run) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        runner.launch(run, done::countDown);
        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        settle();
        return redis.probe().eventsOf(run.job().id()).getLast();
    }

    /** What runs flushed so far. */
    public List<Ordered> ordered() {
        return redis.probe().events().stream()
                .filter(Decoded.Event.class::isInstance)
                .map(decoded -> ((Decoded.Event) decoded).event())
                .filter(Ordered.class::isInstance)
                .map(Ordered.class::cast)
                .toList();
    }

    /** Settles all that waits for it. */
    public void settle() throws InterruptedException {
        while (settler.waiting() > 0) {
            settler.settleOnce();
        }
    }

    /** The events of one kind of its job so far. */
    public <T extends JobEvent> List<T> events(JobRun run, Class<T> kind) {
        return redis.probe().eventsOf(run.job().id()).stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    /** Somebody cancels its job. */
    public void cancel(JobRun run) {
        redis.probe().flag(run.job().id());
    }

    /** Nobody can ask Redis before it is mended. */
    public void loseRedis() {
        redis.restart();
    }

    public void mendRedis() {
        redis.streams("api").bless(1);
    }
}
