package dev.millrace.worker.settle;

import dev.millrace.job.Job;
import dev.millrace.job.JobEvent.Why;
import dev.millrace.job.JobState;
import dev.millrace.job.TaskName;
import dev.millrace.stream.jobs.Settling.Deferral;
import dev.millrace.stream.jobs.Settling.Finish;
import dev.millrace.worker.settle.Settlement.Ends;
import dev.millrace.worker.settle.Settlement.Returns;
import dev.millrace.worker.settle.Settlement.Waits;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Measures how runs ended. Tags are names of tasks that this worker serves, and outcomes; never a job's id. What has a tag
 * is looked up once and kept.
 */
public final class SettleMeters {

    private final MeterRegistry registry;
    private final Map<TaskName, OfTask> tasks = new ConcurrentHashMap<>();
    private final Counter leasesLost;
    private final Counter fenced;
    private final Counter handedBack;

    private record OfTask(Map<JobState, Counter> finished, Map<Why, Counter> deferred, Timer run) {}

    public SettleMeters(MeterRegistry registry) {
        this.registry = registry;
        this.leasesLost = counter("millrace_leases_lost", "Running jobs that another worker took over");
        this.fenced = counter("millrace_jobs_fenced", "Ends and handbacks that came after another worker took over");
        this.handedBack = counter("millrace_jobs_handed_back", "Jobs put back on their queues without an end");
    }

    /** Has the task's meters stand at nothing instead of missing until its first run. */
    public void expect(TaskName task) {
        tasks.computeIfAbsent(task, this::ofTask);
    }

    /** Shows how many ends and handbacks Redis does not know of yet. */
    public void watch(Settler settler) {
        Gauge.builder("millrace_settle_waiting", settler, Settler::waiting)
                .description("Ends and handbacks that Redis does not know of yet")
                .register(registry);
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
        return Histograms.named("millrace_jobs_run", "How long tasks ran")
                .tag("task", task.value())
                .register(registry);
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }
}
