package dev.millrace.api.jobs.accept;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.api.catalog.queues.QueueDefaults;
import dev.millrace.api.catalog.tasks.KnownTasks;
import dev.millrace.api.catalog.tasks.TaskInfo;
import dev.millrace.api.http.problem.Checked;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.api.jobs.request.JobRequest;
import dev.millrace.api.record.job.BodyHash;
import dev.millrace.api.record.job.JobDetails.Place;
import dev.millrace.api.record.job.JobHeaders;
import dev.millrace.api.record.job.NewJob;
import dev.millrace.job.ExecutionPolicy;
import dev.millrace.job.JobId;
import dev.millrace.job.JobSpec;
import dev.millrace.job.PolicyOverride;
import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import dev.millrace.json.Chunk;
import dev.millrace.json.Violation;
import dev.millrace.schedule.ScheduleKey;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a job of what a client, or a schedule, asks for: its task is known, its payload fits, its queue is found. A refusal
 * is a value; nothing is written.
 */
@Singleton
public class Intake {

    static final int MAX_PAYLOAD_BYTES = 256 << 10;

    /** Of a chunk; a payload by itself has no more anyway. */
    private static final int MAX_VIOLATIONS = 20;

    private final KnownTasks catalog;
    private final Routes routes;
    private final QueueDefaults defaults;
    private final JobIds ids;

    public Intake(KnownTasks catalog, Routes routes, QueueDefaults defaults, JobIds ids) {
        this.catalog = catalog;
        this.routes = routes;
        this.defaults = defaults;
        this.ids = ids;
    }

    /**
     * Passes when jobs can be accepted at all.
     *
     * @throws dev.millrace.api.http.problem.ProblemException 503 if not yet
     */
    public void requireReady() {
        catalog.requireLoaded();
    }

    /** Whether jobs can be accepted at all. */
    public boolean isReady() {
        return catalog.isLoaded();
    }

    /** An id for a job that is given none. */
    public JobId nextId() {
        return ids.next();
    }

    /** The job that the body of {@code POST /jobs} asks for. */
    public Checked<NewJob> job(String tenant, @Nullable String traceParent, JsonNode body) {
        return JobRequest.read(body)
                .then(request ->
                        job(tenant, traceParent, request, request.id().orElseGet(ids::next), BodyHash.of(body), null));
    }

    /**
     * The job that a schedule asks for.
     *
     * @param traceParent of whoever had the schedule asked; null if nobody did
     * @param body as {@code POST /jobs} takes it, without an id and times of its own
     */
    public Checked<NewJob> ofSchedule(ScheduleKey schedule, JobId id, @Nullable String traceParent, JsonNode body) {
        return JobRequest.readScheduled(body)
                .then(request -> job(schedule.tenant(), traceParent, request, id, hash(schedule, body), schedule.id()));
    }

    /**
     * The job that a workflow asks for.
     *
     * @param traceParent of whoever started the workflow; null if nobody said
     * @param body as {@code POST /jobs} takes it, without an id
     */
    public Checked<NewJob> ofWorkflow(String tenant, @Nullable String traceParent, Place place, JsonNode body) {
        return JobRequest.read(body)
                .then(request -> job(tenant, traceParent, request, ids.next(), hash(place, body), null))
                .then(job -> new Checked.Accepted<>(job.at(place)));
    }

    /** What is wrong with what a workflow asks for, as far as that can be said before its payload is known. */
    public Optional<Problem> objectionToStep(JsonNode bodyWithoutPayload) {
        ObjectNode body = bodyWithoutPayload.deepCopy();
        return JobRequest.read(body.putNull("payload"))
                .then(request -> task(request.task())
                        .then(task -> Checked.unless(
                                objectionTo(queueOf(request, task))
                                        .or(() -> objectionToSoftTimeout(request.policy(), task.policy())),
                                () -> task)))
                .refusal();
    }

    /** As {@link #hash(ScheduleKey, JsonNode)}. */
    private static BodyHash hash(Place place, JsonNode body) {
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        return BodyHash.of(whole.put("member", place.toString()).set("job", body));
    }

    /** No client's request reads so, and none can take the place of a fire. */
    private static BodyHash hash(ScheduleKey schedule, JsonNode body) {
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        return BodyHash.of(whole.put("schedule", schedule.toString()).set("job", body));
    }

    /**
     * The job that another one orders under a key.
     *
     * @param body as {@code POST /jobs} takes it, without an id
     */
    public Checked<NewJob> ofOrder(Orderer orderer, String key, JsonNode body) {
        return JobRequest.readOrdered(body)
                .then(request -> job(
                        orderer.tenant(),
                        orderer.traceParent(),
                        request.orPriority(orderer.priority()),
                        orderer.job().child(key),
                        hash(orderer, key),
                        null))
                .then(job -> new Checked.Accepted<>(job.orderedBy(orderer.job())));
    }

    /** Not of the body: whatever is ordered under a key is that job, and nothing else may have its id. */
    private static BodyHash hash(Orderer orderer, String key) {
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        return BodyHash.of(whole.put("parent", orderer.job().toString()).put("key", key));
    }

    private Checked<NewJob> job(
            String tenant,
            @Nullable String traceParent,
            JobRequest request,
            JobId id,
            BodyHash hash,
            @Nullable String scheduleId) {
        return task(request.task()).then(task -> {
            QueueName queue = queueOf(request, task);
            Optional<Problem> objection = objectionTo(queue)
                    .or(() -> objectionTo(request.payload(), request.payloadText(), task))
                    .or(() -> objectionToSoftTimeout(request.policy(), task.policy()))
                    .or(() -> objectionToHeaders(traceParent, request.metadata()));
            return Checked.unless(
                    objection,
                    () -> new NewJob(
                            id,
                            request.details(
                                    tenant, queue, task.policy(), defaults.priority(queue), traceParent, scheduleId),
                            request.due(),
                            request.expiry(),
                            hash));
        });
    }

    /**
     * Another payload for a job of the task, as its text; refused with 413 or 422 if it does not fit, or if the task is not
     * offered any more.
     */
    public Checked<String> payload(TaskName task, JsonNode payload) {
        catalog.requireLoaded();
        String text = payload.toString();
        return task(task).then(known -> Checked.unless(objectionTo(payload, text, known), () -> text));
    }

    /** Another queue for a job; refused with 422 if nobody serves it. */
    public Checked<QueueName> queue(QueueName queue) {
        catalog.requireLoaded();
        return Checked.unless(objectionTo(queue), () -> queue);
    }

    private Checked<TaskInfo> task(TaskName task) {
        return catalog.find(task)
                .<Checked<TaskInfo>>map(Checked.Accepted::new)
                .orElseGet(() -> new Checked.Refused<>(Problem.at(
                        ProblemType.UNKNOWN_TASK,
                        "/task",
                        "No worker has offered a task '" + task + "'; GET /api/v1/tasks lists those that are.")));
    }

    /** The request's own queue, else the first route's, else the task's. */
    private QueueName queueOf(JobRequest request, TaskInfo task) {
        return request.queue().or(() -> routes.queueOf(request.task())).orElse(task.queue());
    }

    private Optional<Problem> objectionTo(QueueName queue) {
        return when(
                !catalog.knowsQueue(queue),
                () -> Problem.at(
                        ProblemType.UNKNOWN_QUEUE,
                        "/queue",
                        "No worker serves a queue '" + queue + "', so the job would wait forever."));
    }

    private Optional<Problem> objectionTo(JsonNode payload, String text, TaskInfo task) {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        return when(
                        bytes > MAX_PAYLOAD_BYTES,
                        () -> Problem.at(ProblemType.TOO_LARGE, "/payload", "A payload has at most 256 KiB."))
                .or(() -> objectionToFields(payload, task));
    }

    private Optional<Problem> objectionToFields(JsonNode payload, TaskInfo task) {
        List<Violation> violations = Chunk.valuesOf(payload)
                .map(chunk -> violations(chunk, task))
                .orElseGet(() -> catalog.validate(task, payload).stream())
                .map(violation -> violation.under("/payload"))
                .toList();
        return when(!violations.isEmpty(), () -> Problem.of(ProblemType.PAYLOAD_INVALID, violations));
    }

    private Stream<Violation> violations(ArrayNode chunk, TaskInfo task) {
        return chunk.isEmpty() || chunk.size() > Chunk.MOST
                ? Stream.of(new Violation("", "A chunk has 1 to %d payloads.".formatted(Chunk.MOST)))
                : IntStream.range(0, chunk.size())
                        .boxed()
                        .flatMap(index -> catalog.validate(task, chunk.get(index)).stream()
                                .map(violation -> violation.under(Chunk.pointer(index))))
                        .limit(MAX_VIOLATIONS);
    }

    private static Optional<Problem> objectionToHeaders(@Nullable String traceParent, JsonNode metadata) {
        int headers = JobHeaders.of(traceParent, metadata).size();
        return when(
                headers > JobSpec.MAX_HEADERS,
                () -> Problem.at(
                        ProblemType.INVALID,
                        "/metadata",
                        "A job carries at most %d headers, which are its metadata that are texts and its trace, not %d."
                                .formatted(JobSpec.MAX_HEADERS, headers)));
    }

    /** Where the request names no limit, its soft limit is to come before the task's. */
    private static Optional<Problem> objectionToSoftTimeout(PolicyOverride wanted, ExecutionPolicy task) {
        Duration soft = wanted.softTimeout();
        return when(
                soft != null && wanted.timeout() == null && soft.compareTo(task.timeout()) >= 0,
                () -> Problem.at(
                        ProblemType.INVALID,
                        "/softTimeout",
                        "'softTimeout' is to be shorter than the task's timeout, which is %s."
                                .formatted(task.timeout())));
    }

    private static Optional<Problem> when(boolean wrong, Supplier<Problem> problem) {
        return wrong ? Optional.of(problem.get()) : Optional.empty();
    }
}
