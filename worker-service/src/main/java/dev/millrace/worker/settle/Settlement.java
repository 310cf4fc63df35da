package dev.millrace.worker.settle;

import dev.millrace.job.JobState;
import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.jobs.Settling.Deferral;
import dev.millrace.stream.jobs.Settling.Due;
import dev.millrace.stream.jobs.Settling.Finish;
import dev.millrace.time.Time;
import dev.millrace.worker.held.JobRun;
import dev.millrace.worker.held.TaskExecution;
import dev.millrace.worker.settle.Verdict.Back;
import dev.millrace.worker.settle.Verdict.End;
import dev.millrace.worker.settle.Verdict.Later;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A verdict, as a function is to carry it out. */
sealed interface Settlement {

    JobRun run();

    record Ends(JobRun run, Finish finish) implements Settlement {}

    record Waits(JobRun run, Deferral deferral) implements Settlement {}

    record Returns(JobRun run) implements Settlement {}

    static Settlement of(JobRun run, Verdict verdict, Time time) {
        Delivery delivery = run.delivery();
        return switch (verdict) {
            case End end ->
                new Ends(
                        run,
                        new Finish(delivery, end.state(), ran(run, time), end.result(), end.error(), end.orders()));
            case Later later ->
                new Waits(
                        run,
                        new Deferral(
                                delivery, later.why(), new Due.After(later.delay()), ran(run, time), later.error()));
            case Back back -> new Returns(run);
        };
    }

    /** The end of a job whose run did not begin. */
    static Settlement cancelled(JobRun run) {
        return new Ends(run, new Finish(run.delivery(), JobState.CANCELLED, null, null, null));
    }

    default Delivery delivery() {
        return run().delivery();
    }

    private static @Nullable Duration ran(JobRun run, Time time) {
        TaskExecution execution = run.execution();
        return execution == null ? null : time.since(execution.startedReading());
    }
}
