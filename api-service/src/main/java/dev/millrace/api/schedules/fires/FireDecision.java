package dev.millrace.api.schedules.fires;

import dev.millrace.api.record.job.NewJob;
import dev.millrace.job.JobId;
import dev.millrace.schedule.FireReport;
import dev.millrace.schedule.FireReport.Outcome;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is to become of a tick that was not decided before. */
sealed interface FireDecision {

    FireReport report();

    /** Its job is made. */
    record Submit(FireReport report, NewJob job) implements FireDecision {}

    /** No job is made. */
    record Leave(
            FireReport report, Outcome outcome, @Nullable String detail) implements FireDecision {}

    /**
     * How it goes into the history.
     *
     * @param taken ids that turned out to belong to jobs of others
     */
    default FireLine line(Set<JobId> taken) {
        return switch (this) {
            case Submit submit ->
                taken.contains(submit.job().id())
                        ? line(null, Outcome.REJECTED, "A job of somebody else has the id of this fire.")
                        : line(submit.job().id(), Outcome.FIRED, null);
            case Leave leave -> line(null, leave.outcome(), leave.detail());
        };
    }

    private FireLine line(@Nullable JobId job, Outcome outcome, @Nullable String detail) {
        return new FireLine(report().key(), report().generation(), report().at(), job, null, outcome, detail);
    }
}
