package dev.millrace.api.submit;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/** Counts the jobs that were accepted, in {@code millrace_jobs_enqueued_total}; a repeated call counts nothing. */
@Singleton
public class SubmitMeters {

    private final MeterRegistry registry;

    public SubmitMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    void committed(Submission submission, Outcome outcome) {
        if (outcome instanceof Outcome.Stored stored) {
            for (int i = 0; i < stored.fates().size(); i++) {
                count(submission.jobs().get(i), stored.fates().get(i));
            }
        }
    }

    private void count(NewJob job, Fate fate) {
        if (fate == Fate.NEW) {
            registry.counter(
                            "millrace_jobs_enqueued",
                            "task",
                            job.task().value(),
                            "queue",
                            job.queue().value())
                    .increment();
        }
    }
}
