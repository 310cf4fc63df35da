package dev.millrace.api.jobs.accept;

import dev.millrace.api.record.job.JobInserts.Result;
import dev.millrace.api.record.job.NewJob;
import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Measures what is accepted, and the commits that accept it. Tags are names that the catalog of tasks knows. */
@Singleton
public final class AcceptMeters {

    private final MeterRegistry registry;
    private final Map<Kind, Counter> enqueued = new ConcurrentHashMap<>();
    private final Counter replays;
    private final DistributionSummary jobs;
    private final Timer commit;

    private record Kind(TaskName task, QueueName queue) {}

    public AcceptMeters(MeterRegistry registry) {
        this.registry = registry;
        this.replays = Counter.builder("millrace_submit_replays")
                .description("Jobs and calls that were accepted before")
                .register(registry);
        this.jobs = DistributionSummary.builder("millrace_submit_commit_jobs")
                .description("Jobs of one commit")
                .serviceLevelObjectives(1, 10, 100, 500, 1_000)
                .register(registry);
        this.commit = Timer.builder("millrace_submit_commit")
                .description("How long a commit of jobs took")
                .register(registry);
    }

    /** Measures a commit that succeeds or fails. */
    public <T> T committing(int rows, Supplier<T> work) {
        jobs.record(rows);
        return commit.record(work);
    }

    /** A call was repeated. */
    public void replayed() {
        replays.increment();
    }

    void accepted(AcceptedJobs accepted) {
        for (int i = 0; i < accepted.jobs().size(); i++) {
            count(accepted.jobs().get(i), accepted.results().get(i));
        }
    }

    private void count(NewJob job, Result result) {
        switch (result) {
            case CREATED ->
                enqueued.computeIfAbsent(new Kind(job.spec().task(), job.spec().queue()), this::counter)
                        .increment();
            case DUPLICATE -> replays.increment();
            case ID_CONFLICT -> {
                // That is a refusal, and counted as such when it is answered.
            }
        }
    }

    private Counter counter(Kind kind) {
        return Counter.builder("millrace_jobs_enqueued")
                .tags("task", kind.task().value(), "queue", kind.queue().value())
                .description("Jobs accepted")
                .register(registry);
    }
}
