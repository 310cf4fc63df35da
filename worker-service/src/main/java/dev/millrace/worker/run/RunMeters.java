package dev.millrace.worker.run;

import dev.millrace.job.Job;
import dev.millrace.job.JobEvent.Why;
import dev.millrace.job.JobState;
import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.jobs.Settling.Deferral;
import dev.millrace.stream.jobs.Settling.Finish;
import dev.millrace.worker.run.Settlement.Ends;
import dev.millrace.worker.run.Settlement.Returns;
import dev.millrace.worker.run.Settlement.Waits;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Measures runs. Tags are names of tasks and queues that this worker serves, and outcomes; never a job's id. What has a
 * tag is looked up once and kept.
 */
public final class RunMeters implements RunInterceptor {

    /** Where histograms are cut: background jobs take from milliseconds to an hour. */
    private static final Duration[] CUTS = {
        Duration.ofMillis(5),
        Duration.ofMillis(25),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
        Duration.ofMinutes(15),
        Duration.ofHours(1)
    };

    private final MeterRegistry registry;
    private final Map<TaskName, OfTask> tasks = new ConcurrentHashMap<>();
    private final Map<QueueName, Timer> waits = new ConcurrentHashMap<>();
    private final Counter leasesLost;
    private final Counter fenced;
    private final Counter handedBack;

    private record OfTask(Map<JobState, Counter> finished, Map<Why, Counter> deferred, Timer run) {}

    public RunMeters(MeterRegistry registry) {
        this.registry = registry;
        this.leasesLost = counter("millrace_leases_lost", "Running jobs that another worker took over");
        this.fenced = counter("millrace_jobs_fenced", "Ends and handbacks that came after another worker took over");
        this.handedBack = counter("millrace_jobs_handed_back", "Jobs put back on their queues without an end");
    }

    /** Has the task's meters stand at nothing instead of missing until its first run. */
    public void expect(TaskName task) {
        tasks.computeIfAbsent(task, this::ofTask);
    }

    /** As {@link #expect(TaskName)}, of a queue. */
    public void expect(QueueName queue) {
        waits.computeIfAbsent(queue, this::wait);
    }

    /** Shows how many ends and handbacks Redis does not know of yet. */
    public void watch(Settler settler) {
        Gauge.builder("millrace_settle_waiting", settler, Settler::waiting)
                .description("Ends and handbacks that Redis does not know of yet")
                .register(registry);
    }

    /** Measures how long the job waited: from when its entry was written, by Redis's clock, until its start, by this one. */
    @Override
    public Outcome around(TaskExecution execution, Step next) {
        waited(execution.run().delivery(), execution.started());
        return next.run(execution);
    }

    private void waited(Delivery delivery, Instant started) {
        Duration waited =
                Duration.ofMillis(started.toEpochMilli() - delivery.entry().millis());
        waits.computeIfAbsent(delivery.job().queue(), this::wait).record(waited.isNegative() ? Duration.ZERO : waited);
    }

    /** As this worker asked for it; of a job that was cancelled at the last moment Redis made a cancel of it. */
    void settled(Settlement settlement) {
        switch (settlement) {
            case Ends ends -> finished(ends.finish());
            case Waits waits -> deferred(waits.deferral());
            case Returns returns -> handedBack.increment();
        }
    }

    private void finished(Finish finish) {
        OfTask meters = of(finish.delivery().job());
        increment(meters.finished().get(finish.state()));
        ran(meters, finish.ran());
    }

    private void deferred(Deferral deferral) {
        OfTask meters = of(deferral.delivery().job());
        increment(meters.deferred().get(deferral.why()));
        ran(meters, deferral.ran());
    }

    private OfTask of(Job job) {
        return tasks.computeIfAbsent(job.task(), this::ofTask);
    }

    private static void increment(@Nullable Counter counter) {
        if (counter != null) {
            counter.increment();
        }
    }

    private static void ran(OfTask meters, @Nullable Duration ran) {
        if (ran != null) {
            meters.run().record(ran);
        }
    }

    /** Shows how many slots are taken by runs that are over. */
    public void watch(Leaks leaks) {
        Gauge.builder("millrace_slots_leaked", leaks, Leaks::count)
                .description("Slots held by threads that go on though their runs are over")
                .register(registry);
    }

    /** A running job that another worker took over. */
    void leaseLost() {
        leasesLost.increment();
    }

    /** An end that came too late: another worker had taken the job over. */
    void fenced() {
        fenced.increment();
    }

    private OfTask ofTask(TaskName task) {
        Map<JobState, Counter> finished = new EnumMap<>(JobState.class);
        Arrays.stream(JobState.values())
                .filter(JobState::ended)
                .forEach(state -> finished.put(state, finished(task, state)));
        Map<Why, Counter> deferred = new EnumMap<>(Why.class);
        Arrays.stream(Why.values()).forEach(why -> deferred.put(why, deferred(task, why)));
        return new OfTask(finished, deferred, run(task));
    }

    private Counter finished(TaskName task, JobState state) {
        return Counter.builder("millrace_jobs_finished")
                .tags("task", task.value(), "outcome", state.name().toLowerCase(Locale.ROOT))
                .description("Runs that ended here, by how")
                .register(registry);
    }

    private Counter deferred(TaskName task, Why why) {
        return Counter.builder("millrace_jobs_deferred")
                .tags("task", task.value(), "why", why.name().toLowerCase(Locale.ROOT))
                .description("Runs after which the job waits for another one, by why")
                .register(registry);
    }

    private Timer run(TaskName task) {
        return Timer.builder("millrace_jobs_run")
                .tag("task", task.value())
                .description("How long tasks ran")
                .serviceLevelObjectives(CUTS)
                .register(registry);
    }

    private Timer wait(QueueName queue) {
        return Timer.builder("millrace_jobs_wait")
                .tag("queue", queue.value())
                .description("From when a job could be taken until its task began")
                .serviceLevelObjectives(CUTS)
                .register(registry);
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }
}
