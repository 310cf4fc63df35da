package dev.millrace.api.schedules;

import dev.millrace.api.http.json.StrictJson;
import dev.millrace.api.jobs.accept.Acceptance;
import dev.millrace.api.jobs.accept.AcceptedJobs;
import dev.millrace.api.jobs.accept.Intake;
import dev.millrace.api.record.job.JobRow;
import dev.millrace.api.record.job.NewJob;
import dev.millrace.api.schedules.fires.FireLines;
import dev.millrace.postgres.Db;
import dev.millrace.schedule.Schedule;
import dev.millrace.schedule.ScheduleKey;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the job of a schedule at once, without a scheduler, and notes it in the schedule's history. */
@Singleton
public class ManualFire {

    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final Db db;
    private final ScheduleChanges edits;
    private final Intake intake;
    private final Acceptance acceptance;

    public ManualFire(Db db, ScheduleChanges edits, Intake intake, Acceptance acceptance) {
        this.db = db;
        this.edits = edits;
        this.intake = intake;
        this.acceptance = acceptance;
    }

    /**
     * The job, once it is committed. A job of the schedule that has not ended is no obstacle.
     *
     * @throws dev.millrace.api.http.problem.ProblemException 404 if the tenant has no such schedule, 422 if its job is not accepted
     *     any more
     */
    JobRow fire(ScheduleKey key, @Nullable String traceParent) {
        intake.requireReady();
        Schedule schedule = edits.existing(key).schedule();
        NewJob job = intake.ofSchedule(
                        key,
                        intake.nextId(),
                        traceParent,
                        StrictJson.read(schedule.content().job()))
                .orThrow();
        return acceptance.commit(() -> write(schedule, job), jobs -> jobs).row(job);
    }

    private AcceptedJobs write(Schedule schedule, NewJob job) {
        return db.transaction(LIMIT, tx -> {
            FireLines.insertTriggered(tx, schedule.key(), schedule.generation(), job.id());
            return AcceptedJobs.write(tx, List.of(job));
        });
    }
}
