package dev.millrace.api.schedules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.http.json.Bodies;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.api.jobs.accept.Intake;
import dev.millrace.api.schedules.fires.FiredWork;
import dev.millrace.json.JsonFields;
import dev.millrace.json.PlanJson;
import dev.millrace.json.Violation;
import dev.millrace.names.Names;
import dev.millrace.schedule.Plan;
import dev.millrace.schedule.ScheduleContent;
import dev.millrace.schedule.ScheduleKey;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what clients say of schedules, and tells all that is wrong with it. */
@Singleton
public class ScheduleRequests {

    /** The fields that clients write. */
    static final Set<String> FIELDS = Stream.concat(
                    PlanJson.FIELDS.stream(), Stream.of("id", "job", "workflow", "paused"))
            .collect(Collectors.toUnmodifiableSet());

    private static final String WHAT = "A schedule";
    private static final String NAME =
            "a name of " + Names.RULE + ", and not 'preview', which is another thing's place";

    private static final String RESERVED = "preview";

    private final Intake intake;
    private final FiredWork work;
    private final InstantSource clock;

    /**
     * What a client says of a schedule, checked.
     *
     * @param work what its fires make, as {@link FiredWork} has it
     * @param namesNoAnchor whether an interval has the anchor that stood before, or the present, since the client named none
     */
    record ScheduleRequest(Optional<String> id, Plan plan, JsonNode work, boolean paused, boolean namesNoAnchor) {

        ScheduleContent content() {
            return new ScheduleContent(plan, work.toString(), paused);
        }
    }

    public ScheduleRequests(Intake intake, FiredWork work, InstantSource clock) {
        this.work = work;
        this.intake = intake;
        this.clock = clock;
    }

    /**
     * A whole schedule of a tenant that is new.
     *
     * @throws dev.millrace.api.http.problem.ProblemException 400 for unknown fields, 422 for wrong ones and for a plan that fires no more, 503 while it is
     *     not known which tasks there are
     */
    ScheduleRequest read(String tenant, JsonNode body) {
        return read(tenant, body, null);
    }

    /** As {@link #read(String, JsonNode)}, of a change: what was accepted before is not checked again. */
    ScheduleRequest read(String tenant, JsonNode body, @Nullable ScheduleContent before) {
        intake.requireReady();
        Instant now = clock.instant();
        JsonFields fields = Bodies.fields(body, WHAT, FIELDS);
        String id = fields.text("id", NAME, ScheduleRequests::name);
        Boolean paused = fields.read("paused", "true or false", ScheduleRequests::yesOrNo);
        Optional<Plan> plan = PlanJson.read(fields, now).map(read -> anchored(read, body, before));
        plan.filter(read -> before == null || !read.equals(before.plan()))
                .filter(read -> read.next(now).isEmpty())
                .ifPresent(
                        ended -> fields.wrong("trigger", "The schedule would never fire: its last time has passed."));
        Optional<JsonNode> work = work(fields);
        Optional<Problem> refusal = work.filter(one -> !isAsBefore(one, before)).flatMap(one -> refusal(tenant, one));
        refuse(fields.violations(), refusal);
        return new ScheduleRequest(
                Optional.ofNullable(id),
                plan.orElseThrow(),
                work.orElseThrow(),
                Boolean.TRUE.equals(paused),
                namesNoAnchor(body));
    }

    /**
     * Only the plan of a schedule, for a look at its times.
     *
     * @throws dev.millrace.api.http.problem.ProblemException 400 for unknown fields, 422 for wrong ones
     */
    Plan plan(JsonNode body) {
        JsonFields fields = Bodies.fields(body, WHAT, FIELDS);
        Optional<Plan> plan = PlanJson.read(fields, clock.instant());
        refuse(fields.violations(), Optional.empty());
        return plan.orElseThrow();
    }

    private static Plan anchored(Plan plan, JsonNode body, @Nullable ScheduleContent before) {
        return before != null && namesNoAnchor(body) ? plan.withAnchorOf(before.plan()) : plan;
    }

    private static boolean namesNoAnchor(JsonNode body) {
        return !body.at("/trigger/interval/anchor").isTextual();
    }

    private static boolean isAsBefore(JsonNode work, @Nullable ScheduleContent before) {
        return before != null && work.toString().equals(before.job());
    }

    /** Either a job or a workflow; empty with what is wrong noted. */
    private static Optional<JsonNode> work(JsonFields fields) {
        JsonFields job = fields.object("job");
        JsonFields workflow = fields.object("workflow");
        if (fields.has("job") && fields.has("workflow")) {
            fields.wrong("workflow", "A schedule makes either jobs or workflows: leave out 'job' or 'workflow'.");
            return Optional.empty();
        }
        if (!fields.has("job") && !fields.has("workflow")) {
            fields.wrong(
                    "job",
                    "'job' is missing; it says what each fire submits, as POST /jobs takes it. Or send 'workflow', as POST /workflows does.");
        }
        return workflow != null
                ? Optional.of(FiredWork.ofWorkflow(workflow.object()))
                : Optional.ofNullable(job).map(JsonFields::object);
    }

    /** Why such work would not be accepted; empty if it would. */
    private Optional<Problem> refusal(String tenant, JsonNode content) {
        String field = FiredWork.workflow(content).isPresent() ? "/workflow" : "/job";
        return work.objectionTo(new ScheduleKey(tenant, "any"), content).map(problem -> under(field, problem));
    }

    private static Problem under(String field, Problem problem) {
        List<Violation> errors = problem.errors().stream()
                .map(violation -> violation.under(field))
                .toList();
        return new Problem(problem.type(), problem.detail(), errors);
    }

    /** What is unknown goes first, since correcting it may correct the rest. */
    private static void refuse(List<Violation> violations, Optional<Problem> job) {
        List<Violation> unknown =
                violations.stream().filter(Violation::isNoSuchField).toList();
        if (!unknown.isEmpty()) {
            throw Problem.of(ProblemType.UNKNOWN_FIELD, unknown).exception();
        }
        if (violations.isEmpty()) {
            job.ifPresent(problem -> {
                throw problem.exception();
            });
            return;
        }
        List<Violation> all = new ArrayList<>(violations);
        job.filter(problem -> problem.type() == ProblemType.INVALID).ifPresent(problem -> all.addAll(problem.errors()));
        throw Problem.of(ProblemType.INVALID, all).exception();
    }

    /** Throws {@link IllegalArgumentException} for what is no id of a schedule. */
    static ScheduleKey key(String tenant, String id) {
        JsonFields.require(!id.equals(RESERVED));
        return new ScheduleKey(tenant, id);
    }

    private static String name(String text) {
        return key("any", text).id();
    }

    private static Boolean yesOrNo(JsonNode value) {
        return JsonFields.required(value.isBoolean(), value).booleanValue();
    }
}
