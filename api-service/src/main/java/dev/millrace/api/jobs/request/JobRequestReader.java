package dev.millrace.api.jobs.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.millrace.api.http.problem.Checked;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.api.record.job.DueTime;
import dev.millrace.job.JobId;
import dev.millrace.job.PolicyOverride;
import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import dev.millrace.json.JsonFields;
import dev.millrace.json.Violation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads the fields of one job's request, and tells all that is wrong with them at once. */
public final class JobRequestReader {

    static final int MAX_TAGS = 32;
    static final int MAX_METADATA_BYTES = 16 << 10;

    private static final int DEFAULT_PRIORITY = 5;
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

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
            "ignoreResult");

    /** In the contract, but of a later release: to ignore it would be to run the job otherwise than was asked. */
    private static final Set<String> LATER = Set.of("unique");

    /** What differs from fire to fire. */
    private static final List<String> NOT_SCHEDULED = List.of("id", "delay", "runAt", "expiresAt");

    private final JsonNode body;
    private final List<Violation> violations = new ArrayList<>();
    private final JsonFields fields;

    private JobRequestReader(JsonNode body) {
        this.body = body;
        this.fields = new JsonFields("", body, violations);
    }

    /** The request; refused with 400 for unknown fields, with 422 for wrong ones and for those of a later release. */
    public static Checked<JobRequest> read(JsonNode body) {
        if (!body.isObject()) {
            return new Checked.Refused<>(
                    Problem.at(ProblemType.INVALID, "", "A job is a JSON object with 'task' and 'payload'."));
        }
        JobRequestReader reader = new JobRequestReader(body);
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

    private Optional<Problem> unknownFields() {
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

    private Optional<Problem> laterFields() {
        return problem(
                ProblemType.NOT_AVAILABLE,
                fields.names()
                        .filter(name -> LATER.contains(name) && fields.has(name))
                        .map(name -> new Violation(
                                fields.pointer(name), "This release cannot honour '" + name + "'. Remove it."))
                        .toList());
    }

    private static Optional<Problem> problem(ProblemType type, List<Violation> violations) {
        return violations.isEmpty() ? Optional.empty() : Optional.of(Problem.of(type, violations));
    }

    private Checked<JobRequest> request() {
        TaskName task =
                fields.text("task", "a task's name of 1 to 128 characters of A-Z a-z 0-9 . _ : -", TaskName::new);
        if (!body.hasNonNull("task")) {
            wrong("task", "'task' is missing; it names what is to run.");
        }
        if (!body.has("payload")) {
            wrong("payload", "'payload' is missing; a task without arguments takes null or {}.");
        }
        JobId id = fields.text("id", "a UUID of 36 characters", JobId::parse);
        QueueName queue =
                fields.text("queue", "a queue's name of 1 to 128 characters of A-Z a-z 0-9 . _ : -", QueueName::new);
        int priority = priority();
        TimesReader times = new TimesReader(fields);
        DueTime due = times.due();
        DueTime expiry = times.expiry();
        PolicyOverride policy = new PolicyReader(fields).read();
        List<String> tags = tags();
        JsonNode metadata = metadata();
        boolean ignoreResult = ignoreResult();
        if (task == null || !violations.isEmpty()) {
            return new Checked.Refused<>(Problem.of(ProblemType.INVALID, violations));
        }
        return new Checked.Accepted<>(new JobRequest(
                task,
                body.get("payload"),
                Optional.ofNullable(id),
                Optional.ofNullable(queue),
                priority,
                due,
                expiry,
                policy,
                tags,
                metadata,
                ignoreResult));
    }

    private int priority() {
        JsonNode value = body.path("priority");
        if (value.isMissingNode() || value.isNull()) {
            return DEFAULT_PRIORITY;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 1 || value.intValue() > 10) {
            wrong("priority", "A priority is a whole number from 1 to 10.");
        }
        return value.intValue();
    }

    private List<String> tags() {
        JsonNode value = body.path("tags");
        if (value.isMissingNode() || value.isNull()) {
            return List.of();
        }
        if (!value.isArray() || value.size() > MAX_TAGS || !elements(value).allMatch(JobRequestReader::isTag)) {
            wrong("tags", "Tags are a list of at most 32 names of 1 to 128 characters of A-Z a-z 0-9 . _ : -.");
            return List.of();
        }
        return elements(value).map(JsonNode::textValue).distinct().toList();
    }

    private static boolean isTag(JsonNode value) {
        return value.isTextual() && TAG.matcher(value.textValue()).matches();
    }

    private JsonNode metadata() {
        JsonNode value = body.path("metadata");
        if (value.isMissingNode() || value.isNull()) {
            return JsonNodeFactory.instance.objectNode();
        }
        if (!value.isObject() || value.toString().getBytes(StandardCharsets.UTF_8).length > MAX_METADATA_BYTES) {
            wrong("metadata", "Metadata are an object of at most 16 KiB.");
        }
        return value;
    }

    private boolean ignoreResult() {
        JsonNode value = body.path("ignoreResult");
        if (value.isMissingNode() || value.isNull()) {
            return false;
        }
        if (!value.isBoolean()) {
            wrong("ignoreResult", "'ignoreResult' is to be true or false.");
        }
        return value.equals(BooleanNode.TRUE);
    }

    private void wrong(String name, String detail) {
        fields.wrong(name, detail);
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
