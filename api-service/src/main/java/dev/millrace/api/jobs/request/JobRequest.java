package dev.millrace.api.jobs.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import dev.millrace.api.http.problem.Checked;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.api.record.job.DueTime;
import dev.millrace.api.record.job.JobDetails;
import dev.millrace.api.record.job.JobHeaders;
import dev.millrace.job.Band;
import dev.millrace.job.ExecutionPolicy;
import dev.millrace.job.JobId;
import dev.millrace.job.JobSpec;
import dev.millrace.job.PolicyOverride;
import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import dev.millrace.json.JsonFields;
import dev.millrace.json.Violation;
import dev.millrace.names.Names;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks for, in the right types; whether the task and the queue exist is not known yet.
 *
 * @param payload as {@code payloadText} says it
 */
public record JobRequest(
        TaskName task,
        JsonNode payload,
        String payloadText,
        Optional<JobId> id,
        Optional<QueueName> queue,
        @Nullable Integer priority,
        DueTime due,
        DueTime expiry,
        PolicyOverride policy,
        List<String> tags,
        JsonNode metadata,
        boolean ignoreResult,
        Optional<Duration> resultTtl) {

    /** What differs from fire to fire. */
    private static final List<String> NOT_SCHEDULED = List.of("id", "delay", "runAt", "expiresAt");

    /** The request in a body; refused with 400 for unknown fields, with 422 for wrong ones and for those of a later release. */
    public static Checked<JobRequest> read(JsonNode body) {
        if (!body.isObject()) {
            return new Checked.Refused<>(
                    Problem.at(ProblemType.INVALID, "", "A job is a JSON object with 'task' and 'payload'."));
        }
        Reader reader = new Reader(body);
        return reader.unknownFields()
                .or(reader::laterFields)
                .<Checked<JobRequest>>map(Checked.Refused::new)
                .orElseGet(reader::request);
    }

    /**
     * The request of a schedule, whose trigger says when it runs and whose fires have ids of their own; refused as by {@link
     * #read}, and with 422 for an id or a time.
     */
    public static Checked<JobRequest> readScheduled(JsonNode body) {
        List<Violation> own = NOT_SCHEDULED.stream()
                .filter(body::hasNonNull)
                .map(name -> new Violation(
                        "/" + name, "A schedule's job has no '%s': each of its fires has its own.".formatted(name)))
                .toList();
        return problem(ProblemType.INVALID, own)
                .<Checked<JobRequest>>map(Checked.Refused::new)
                .orElseGet(() -> read(body));
    }

    /** The request of an order, whose id is made of its key; refused as by {@link #read}, and with 422 for an id. */
    public static Checked<JobRequest> readOrdered(JsonNode body) {
        return body.hasNonNull("id")
                ? new Checked.Refused<>(
                        Problem.at(ProblemType.INVALID, "/id", "The id of an ordered job is made of its key."))
                : read(body);
    }

    /** The same, with that priority if it names none. */
    public JobRequest orPriority(int other) {
        return priority != null
                ? this
                : new JobRequest(
                        task,
                        payload,
                        payloadText,
                        id,
                        queue,
                        other,
                        due,
                        expiry,
                        policy,
                        tags,
                        metadata,
                        ignoreResult,
                        resultTtl);
    }

    /**
     * What is written of the job.
     *
     * @param chosen the queue to which it goes
     * @param ofTask the policy of its task, over which the request's own goes
     * @param ofQueue the priority of jobs of the queue that name none
     */
    public JobDetails details(
            String tenant,
            QueueName chosen,
            ExecutionPolicy ofTask,
            int ofQueue,
            @Nullable String traceParent,
            @Nullable String scheduleId) {
        int chosenPriority = priority == null ? ofQueue : priority;
        JobSpec spec = new JobSpec(
                task,
                chosen,
                Band.ofPriority(chosenPriority),
                tenant,
                JobHeaders.of(traceParent, metadata),
                ignoreResult,
                policy,
                payloadText,
                null);
        int maxAttempts = policy.over(ofTask).retry().maxAttempts();
        return new JobDetails(
                spec,
                chosenPriority,
                maxAttempts,
                tags,
                metadata.toString(),
                traceParent,
                resultTtl.orElse(null),
                scheduleId);
    }

    private static Optional<Problem> problem(ProblemType type, List<Violation> violations) {
        return violations.isEmpty() ? Optional.empty() : Optional.of(Problem.of(type, violations));
    }

    /** Reads the fields, and tells all that is wrong with them at once. */
    private static final class Reader {

        private static final Set<String> FIELDS = Set.of(
                "task",
                "payload",
                "id",
                "queue",
                "priority",
                "delay",
                "runAt",
                "ttl",
                "expiresAt",
                "timeout",
                "softTimeout",
                "retry",
                "tags",
                "metadata",
                "ignoreResult",
                "resultTtl");

        /** In the contract, but of a later release: to ignore it would be to run the job otherwise than was asked. */
        private static final Set<String> LATER = Set.of("unique");

        private final JsonNode body;
        private final List<Violation> violations = new ArrayList<>();
        private final JsonFields fields;

        Reader(JsonNode body) {
            this.body = body;
            this.fields = new JsonFields("", body, violations);
        }

        Checked<JobRequest> request() {
            TaskName task = fields.text("task", "a task's name of " + Names.RULE, TaskName::new);
            if (!body.hasNonNull("task")) {
                fields.wrong("task", "'task' is missing; it names what is to run.");
            }
            if (!body.has("payload")) {
                fields.wrong("payload", "'payload' is missing; a task without arguments takes null or {}.");
            }
            JobId id = fields.text("id", "a UUID of 36 characters", JobId::parse);
            QueueName queue = fields.text("queue", "a queue's name of " + Names.RULE, QueueName::new);
            Integer priority = priority();
            TimesReader times = new TimesReader(fields);
            DueTime due = times.due();
            DueTime expiry = times.expiry();
            PolicyOverride policy = new PolicyReader(fields).read();
            LabelsReader labels = new LabelsReader(fields);
            List<String> tags = labels.tags();
            JsonNode metadata = labels.metadata();
            boolean ignoreResult = ignoreResult();
            Duration resultTtl = times.resultTtl();
            if (task == null || !violations.isEmpty()) {
                return new Checked.Refused<>(Problem.of(ProblemType.INVALID, violations));
            }
            return new Checked.Accepted<>(new JobRequest(
                    task,
                    body.get("payload"),
                    body.get("payload").toString(),
                    Optional.ofNullable(id),
                    Optional.ofNullable(queue),
                    priority,
                    due,
                    expiry,
                    policy,
                    tags,
                    metadata,
                    ignoreResult,
                    Optional.ofNullable(resultTtl)));
        }

        private @Nullable Integer priority() {
            JsonNode value = body.path("priority");
            if (value.isMissingNode() || value.isNull()) {
                return null;
            }
            if (!value.isIntegralNumber()
                    || !value.canConvertToInt()
                    || value.intValue() < 1
                    || value.intValue() > 10) {
                fields.wrong("priority", "A priority is a whole number from 1 to 10.");
            }
            return value.intValue();
        }

        private boolean ignoreResult() {
            JsonNode value = body.path("ignoreResult");
            if (value.isMissingNode() || value.isNull()) {
                return false;
            }
            if (!value.isBoolean()) {
                fields.wrong("ignoreResult", "'ignoreResult' is to be true or false.");
            }
            return value.equals(BooleanNode.TRUE);
        }

        Optional<Problem> unknownFields() {
            return problem(
                    ProblemType.UNKNOWN_FIELD,
                    Stream.concat(
                                    fields.names()
                                            .filter(name -> !FIELDS.contains(name) && !LATER.contains(name))
                                            .map(fields::pointer),
                                    new PolicyReader(fields).unknown())
                            .map(pointer ->
                                    new Violation(pointer, "There is no such field. Remove it, or correct its name."))
                            .toList());
        }

        Optional<Problem> laterFields() {
            return problem(
                    ProblemType.NOT_AVAILABLE,
                    fields.names()
                            .filter(name -> LATER.contains(name) && fields.has(name))
                            .map(name -> new Violation(
                                    fields.pointer(name), "This release cannot honour '" + name + "'. Remove it."))
                            .toList());
        }
    }
}
