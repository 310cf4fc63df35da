package dev.millrace.api.workflows.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.api.http.problem.Checked;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.api.jobs.request.JobRequest;
import dev.millrace.json.JsonFields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a workflow that stands in a step says of itself; null for what it has from the one around it.
 *
 * @param metadata JSON object
 */
public record ChildOptions(
        @Nullable String name,
        @Nullable Duration timeout,
        @Nullable Integer priority,
        @Nullable List<String> tags,
        @Nullable String metadata) {

    private static final List<String> LIKE_A_JOB = List.of("priority", "tags", "metadata");
    private static final int MAX_NAME = 128;
    private static final Duration LONGEST = Duration.ofDays(365);

    /** Of the JSON in which its graph is; refused as a start with such options is. */
    public static Checked<ChildOptions> read(JsonNode body) {
        JsonFields fields = new JsonFields("", body, new ArrayList<>());
        String name = fields.text("name", "a text of 1 to 128 characters", ChildOptions::name);
        Duration timeout =
                fields.text("timeout", "a duration of PT0.001S to P365D such as PT1H", ChildOptions::timeout);
        ObjectNode job = JsonNodeFactory.instance.objectNode();
        LIKE_A_JOB.stream().filter(body::has).forEach(field -> job.set(field, body.get(field)));
        return JobRequest.read(job.put("task", "workflow").putNull("payload"))
                .then(request -> Checked.unless(
                        fields.violations().isEmpty()
                                ? Optional.empty()
                                : Optional.of(Problem.of(ProblemType.INVALID, fields.violations())),
                        () -> new ChildOptions(
                                name,
                                timeout,
                                request.priority(),
                                body.hasNonNull("tags") ? request.tags() : null,
                                body.hasNonNull("metadata") ? request.metadata().toString() : null)));
    }

    private static String name(String text) {
        JsonFields.require(!text.isEmpty() && text.length() <= MAX_NAME);
        return text;
    }

    private static Duration timeout(String text) {
        Duration given = Duration.parse(text);
        JsonFields.require(given.compareTo(Duration.ofMillis(1)) >= 0 && given.compareTo(LONGEST) <= 0);
        return given;
    }
}
