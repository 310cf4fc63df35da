package dev.millrace.api.schedules.fires;

import dev.millrace.api.http.json.StrictJson;
import dev.millrace.api.http.problem.Checked;
import dev.millrace.api.http.problem.Checked.Accepted;
import dev.millrace.api.http.problem.Checked.Refused;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.jobs.accept.Intake;
import dev.millrace.api.record.job.NewJob;
import dev.millrace.api.schedules.fires.FireDecision.Leave;
import dev.millrace.api.schedules.fires.FireDecision.Submit;
import dev.millrace.schedule.FireReport;
import dev.millrace.schedule.FireReport.Outcome;
import dev.millrace.schedule.Overlap;
import dev.millrace.schedule.ScheduleKey;
import java.util.HashSet;
import java.util.Set;

/** Decides reports one after the other, as the only one who decides those of their schedules now. */
final class FireDecider {

    private final Intake intake;
    private final Set<ScheduleKey> busy;

    /** Given the schedules of which a job has not ended. */
    FireDecider(Intake intake, Set<ScheduleKey> busy) {
        this.intake = intake;
        this.busy = new HashSet<>(busy);
    }

    FireDecision decide(FireReport report) {
        if (report.missed()) {
            return new Leave(report, Outcome.MISSED, null);
        }
        if (report.overlap() == Overlap.SKIP && busy.contains(report.key())) {
            return new Leave(report, Outcome.SKIPPED_OVERLAP, null);
        }
        return switch (job(report)) {
            case Accepted<NewJob>(NewJob job) -> submit(report, job);
            case Refused<NewJob>(Problem refusal) -> new Leave(report, Outcome.REJECTED, sentence(refusal));
        };
    }

    private Checked<NewJob> job(FireReport report) {
        return StrictJson.parse(report.job())
                .then(body -> intake.ofSchedule(report.key(), report.fire().jobId(), null, body));
    }

    private FireDecision submit(FireReport report, NewJob job) {
        busy.add(report.key());
        return new Submit(report, job);
    }

    static String sentence(Problem problem) {
        return problem.errors().isEmpty()
                ? problem.detail()
                : problem.errors().getFirst().pointer() + ": " + problem.detail();
    }
}
