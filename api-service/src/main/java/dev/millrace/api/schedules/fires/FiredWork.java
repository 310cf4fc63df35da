package dev.millrace.api.schedules.fires;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.millrace.api.http.problem.Checked;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.jobs.accept.Intake;
import dev.millrace.api.workflows.accept.WorkflowRequest;
import dev.millrace.api.workflows.record.NewWorkflow;
import dev.millrace.schedule.ScheduleKey;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the fires of a schedule make: a job, or a workflow. Schedulers pass it on as they got it: the JSON of a job, or an object with the
 * one field {@code workflow}, which no job has.
 */
@Singleton
public class FiredWork implements Objections {

    private static final String WORKFLOW = "workflow";

    private final Intake intake;
    private final WorkflowRequest workflows;

    FiredWork(Intake intake, WorkflowRequest workflows) {
        this.intake = intake;
        this.workflows = workflows;
    }

    /** The form in which schedulers carry a workflow. */
    public static JsonNode ofWorkflow(JsonNode workflow) {
        return JsonNodeFactory.instance.objectNode().set(WORKFLOW, workflow);
    }

    /** What is to be started; empty if a job is to be made. */
    public static Optional<JsonNode> workflow(JsonNode content) {
        return content.size() == 1 ? Optional.ofNullable(content.get(WORKFLOW)) : Optional.empty();
    }

    /** What a schedule starts, by the id of the fire. */
    public Checked<NewWorkflow> workflow(
            ScheduleKey schedule, UUID id, @Nullable String traceParent, JsonNode workflow) {
        return workflows.ofSchedule(schedule, id, traceParent, workflow);
    }

    @Override
    public Optional<Problem> objectionTo(ScheduleKey schedule, JsonNode content) {
        return workflow(content)
                .map(workflow -> workflow(schedule, intake.nextId().uuid(), null, workflow)
                        .refusal())
                .orElseGet(() -> intake.ofSchedule(schedule, intake.nextId(), null, content)
                        .refusal());
    }
}
