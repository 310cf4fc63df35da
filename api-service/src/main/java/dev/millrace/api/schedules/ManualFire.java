package dev.millrace.api.schedules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.http.json.StrictJson;
import dev.millrace.api.jobs.accept.Acceptance;
import dev.millrace.api.jobs.accept.AcceptedJobs;
import dev.millrace.api.jobs.accept.Intake;
import dev.millrace.api.record.job.JobRow;
import dev.millrace.api.record.job.NewJob;
import dev.millrace.api.schedules.fires.FireLines;
import dev.millrace.api.schedules.fires.FiredWork;
import dev.millrace.api.workflows.engine.Turns;
import dev.millrace.api.workflows.record.NewWorkflow;
import dev.millrace.api.workflows.record.WorkflowRow;
import dev.millrace.postgres.Db;
import dev.millrace.schedule.Schedule;
import dev.millrace.schedule.ScheduleKey;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the job of a schedule, or starts its workflow, at once, without a scheduler, and notes it in the schedule's history. */
@Singleton
public class ManualFire {

    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final Db db;
    private final ScheduleChanges edits;
    private final Intake intake;
    private final FiredWork work;
    private final Turns turns;
    private final Acceptance acceptance;

    public ManualFire(Db db, ScheduleChanges edits, Intake intake, FiredWork work, Turns turns, Acceptance acceptance) {
        this.work = work;
        this.turns = turns;
        this.db = db;
        this.edits = edits;
        this.intake = intake;
        this.acceptance = acceptance;
    }

    /** What was made. */
    sealed interface Fired {}

    record FiredJob(JobRow row) implements Fired {}

    record FiredWorkflow(WorkflowRow row) implements Fired {}

    /**
     * The job or the workflow, once it is committed. One of the schedule that has not ended is no obstacle.
     *
     * @throws dev.millrace.api.http.problem.ProblemException 404 if the tenant has no such schedule, 422 if its job is not accepted
     *     any more
     */
    Fired fire(ScheduleKey key, @Nullable String traceParent) {
        intake.requireReady();
        Schedule schedule = edits.existing(key).schedule();
        JsonNode content = StrictJson.read(schedule.content().job());
        return FiredWork.workflow(content)
                .<Fired>map(workflow -> start(schedule, traceParent, workflow))
                .orElseGet(() -> make(schedule, traceParent, content));
    }

    private FiredJob make(Schedule schedule, @Nullable String traceParent, JsonNode content) {
        NewJob job = intake.ofSchedule(schedule.key(), intake.nextId(), traceParent, content)
                .orThrow();
        return new FiredJob(
                acceptance.commit(() -> write(schedule, job), jobs -> jobs).row(job));
    }

    private FiredWorkflow start(Schedule schedule, @Nullable String traceParent, JsonNode content) {
        NewWorkflow workflow = work.workflow(schedule.key(), intake.nextId().uuid(), traceParent, content)
                .orThrow();
        Optional<WorkflowRow> row = turns.accept(workflow, tx -> {
                    FireLines.insertTriggeredWorkflow(tx, schedule.key(), schedule.generation(), workflow.id());
                    return Optional.empty();
                })
                .row();
        return new FiredWorkflow(row.orElseThrow());
    }

    private AcceptedJobs write(Schedule schedule, NewJob job) {
        return db.transaction(LIMIT, tx -> {
            FireLines.insertTriggered(tx, schedule.key(), schedule.generation(), job.id());
            return AcceptedJobs.write(tx, List.of(job));
        });
    }
}
