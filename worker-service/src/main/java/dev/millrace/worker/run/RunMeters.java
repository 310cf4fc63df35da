package dev.millrace.worker.run;

import dev.millrace.stream.JobStreams.Deferral;
import dev.millrace.stream.JobStreams.Finish;
import dev.millrace.worker.run.Settlement.Ends;
import dev.millrace.worker.run.Settlement.Returns;
import dev.millrace.worker.run.Settlement.Waits;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Counts what runs did. Tags are names of tasks, queues and outcomes; never a job's id. */
public final class RunMeters {

    private final MeterRegistry registry;

    public RunMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** As this worker asked for it; of a job that was cancelled at the last moment Redis made a cancel of it. */
    void settled(Settlement settlement) {
        switch (settlement) {
            case Ends ends -> finished(ends.finish());
            case Waits waits -> deferred(waits.deferral());
            case Returns returns ->
                registry.counter("millrace_jobs_handed_back").increment();
        }
    }

    /** Runs after which the job waits for its next one; a retry is a failure. */
    private void deferred(Deferral deferral) {
        String task = deferral.delivery().job().task().value();
        String why = deferral.why().name().toLowerCase(Locale.ROOT);
        registry.counter("millrace_jobs_deferred", "task", task, "why", why).increment();
        ran(task, deferral.ran());
    }

    private void finished(Finish finish) {
        String task = finish.delivery().job().task().value();
        String outcome = finish.state().name().toLowerCase(Locale.ROOT);
        registry.counter("millrace_jobs_finished", "task", task, "outcome", outcome)
                .increment();
        ran(task, finish.ran());
    }

    private void ran(String task, @Nullable Duration ran) {
        if (ran != null) {
            registry.timer("millrace_jobs_run", "task", task).record(ran);
        }
    }

    /** Slots taken by runs that are over; see {@link Leaks}. */
    public void watch(Leaks leaks) {
        registry.gauge("millrace_slots_leaked", leaks, Leaks::count);
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
