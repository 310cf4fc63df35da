package dev.millrace.api.jobs.submit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.api.catalog.tasks.TaskCatalog;
import dev.millrace.api.catalog.tasks.TaskInfo;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemException;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.api.outbox.JobHeaders;
import dev.millrace.job.ExecutionPolicy;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.job.JobIds;
import dev.millrace.job.PolicyOverride;
import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import dev.millrace.json.Violation;
import dev.millrace.schedule.ScheduleKey;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a job of a request: its task is known, its payload fits, its queue is found. */
@Singleton
public class Intake {

    static final int MAX_PAYLOAD_BYTES = 256 << 10;

    private final TaskCatalog catalog;
    private final Routes routes;
    private final JobIds ids;

    public Intake(TaskCatalog catalog, Routes routes, JobIds ids) {
        this.catalog = catalog;
        this.routes = routes;
        this.ids = ids;
    }

    /**
     * Passes when jobs can be accepted at all.
     *
     * @throws ProblemException 503 if not yet
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

    /**
     * The job that the body asks for.
     *
     * @throws ProblemException if it cannot be accepted
     */
    NewJob job(String tenant, @Nullable String traceParent, JsonNode body) {
        JobRequest request = JobRequestReader.read(body);
        return job(tenant, traceParent, request, request.id().orElseGet(ids::next), BodyHash.of(body), null);
    }

    /**
     * The job that a schedule asks for.
     *
     * @param traceParent of whoever had the schedule asked; null if nobody did
     * @param body as {@code POST /jobs} takes it, without an id and times of its own
     * @throws ProblemException if it cannot be accepted
     */
    public NewJob ofSchedule(ScheduleKey schedule, JobId id, @Nullable String traceParent, JsonNode body) {
        JobRequest request = JobRequestReader.readScheduled(body);
        return job(schedule.tenant(), traceParent, request, id, hash(schedule, body), schedule.id());
    }

    /** No client's request reads so, and none can take the place of a fire. */
    private static BodyHash hash(ScheduleKey schedule, JsonNode body) {
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        return BodyHash.of(whole.put("schedule", schedule.toString()).set("job", body));
    }

    private NewJob job(
            String tenant,
            @Nullable String traceParent,
            JobRequest request,
            JobId id,
            BodyHash hash,
            @Nullable String scheduleId) {
        TaskInfo task = task(request.task());
        QueueName queue = queue(request, task);
        String payload = payload(task, request.payload());
        requireSoftBeforeHard(request.terms(), task.terms());
        requireFewHeaders(traceParent, request.metadata());
        return new NewJob(
                id,
                tenant,
                request.task(),
                queue,
                request.priority(),
                request.due(),
                request.expiry(),
                request.terms(),
                request.terms().over(task.terms()).retry().maxAttempts(),
                payload,
                request.tags(),
                request.metadata().toString(),
                traceParent,
                request.ignoreResult(),
                hash,
                scheduleId);
    }

    /**
     * Another payload for a job of the task, as its text.
     *
     * @throws ProblemException 413 or 422 if it does not fit, or if the task is not offered any more
     */
    public String payload(TaskName task, JsonNode payload) {
        catalog.requireLoaded();
        return payload(task(task), payload);
    }

    /**
     * Another queue for a job.
     *
     * @throws ProblemException 422 if nobody serves it
     */
    public QueueName queue(QueueName queue) {
        catalog.requireLoaded();
        requireKnown(queue);
        return queue;
    }

    private TaskInfo task(TaskName task) {
        return catalog.find(task)
                .orElseThrow(() -> Problem.at(
                                ProblemType.UNKNOWN_TASK,
                                "/task",
                                "No worker has offered a task '" + task + "'; GET /api/v1/tasks lists those that are.")
                        .exception());
    }

    /** The request's own queue, else the first route's, else the task's. */
    private QueueName queue(JobRequest request, TaskInfo task) {
        QueueName queue =
                request.queue().or(() -> routes.queueOf(request.task())).orElse(task.queue());
        requireKnown(queue);
        return queue;
    }

    private void requireKnown(QueueName queue) {
        if (!catalog.knowsQueue(queue)) {
            throw Problem.at(
                            ProblemType.UNKNOWN_QUEUE,
                            "/queue",
                            "No worker serves a queue '" + queue + "', so the job would wait forever.")
                    .exception();
        }
    }

    private String payload(TaskInfo task, JsonNode json) {
        String payload = json.toString();
        if (payload.getBytes(StandardCharsets.UTF_8).length > MAX_PAYLOAD_BYTES) {
            throw Problem.at(ProblemType.TOO_LARGE, "/payload", "A payload has at most 256 KiB.")
                    .exception();
        }
        requireFit(task, json);
        return payload;
    }

    private static void requireFewHeaders(@Nullable String traceParent, JsonNode metadata) {
        int headers = JobHeaders.of(traceParent, metadata).size();
        if (headers > Job.MAX_HEADERS) {
            throw Problem.at(
                            ProblemType.INVALID,
                            "/metadata",
                            "A job carries at most %d headers, which are its metadata that are texts and its trace, not %d."
                                    .formatted(Job.MAX_HEADERS, headers))
                    .exception();
        }
    }

    /** Where the request names no limit, its soft limit is to come before the task's. */
    private static void requireSoftBeforeHard(PolicyOverride wanted, ExecutionPolicy task) {
        Duration soft = wanted.softTimeout();
        if (soft != null && wanted.timeout() == null && soft.compareTo(task.timeout()) >= 0) {
            throw Problem.at(
                            ProblemType.INVALID,
                            "/softTimeout",
                            "'softTimeout' is to be shorter than the task's timeout, which is %s."
                                    .formatted(task.timeout()))
                    .exception();
        }
    }

    private void requireFit(TaskInfo task, JsonNode payload) {
        List<Violation> violations = catalog.validate(task, payload).stream()
                .map(violation -> violation.under("/payload"))
                .toList();
        if (!violations.isEmpty()) {
            throw Problem.of(ProblemType.PAYLOAD_INVALID, violations).exception();
        }
    }
}
