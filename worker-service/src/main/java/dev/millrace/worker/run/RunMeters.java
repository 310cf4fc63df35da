package dev.millrace.worker.run;

import dev.millrace.stream.JobStreams.Finish;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;

/** Counts what runs did. Tags are names of tasks, queues and outcomes; never a job's id. */
public final class RunMeters {

    private final MeterRegistry registry;

    public RunMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    void finished(Finish finish) {
        String task = finish.delivery().job().task().value();
        String outcome = finish.state().name().toLowerCase(Locale.ROOT);
        registry.counter("millrace_jobs_finished", "task", task, "outcome", outcome)
                .increment();
        Duration ran = finish.ran();
        if (ran != null) {
            registry.timer("millrace_jobs_run", "task", task).record(ran);
        }
    }

    /** A running job that another worker took over. */
    void leaseLost() {
        registry.counter("millrace_leases_lost").increment();
    }

    /** An end that came too late: another worker had taken the job over. */
    void fenced() {
        registry.counter("millrace_jobs_fenced").increment();
    }
}
