package dev.millrace.api.jobs.actions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.http.json.Bodies;
import dev.millrace.api.http.json.StrictJson;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.job.JobId;
import dev.millrace.json.JsonFields;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * What is asked: {@code {action, filter | ids, reason?, dryRun?}}.
 *
 * @param selector null if the jobs are named
 * @param ids null if there is a filter
 * @param reason of a cancel; null without one
 */
record ActionRequest(
        Kind kind,
        @Nullable Selector selector,
        @Nullable List<JobId> ids,
        @Nullable String reason,
        boolean dryRun) {

    static final int MOST_IDS = 10_000;

    private static final int MAX_REASON = 1024;
    private static final Set<String> FIELDS = Set.of("action", "filter", "ids", "reason", "dryRun");

    /** Throws a problem 400, 413 or 422 for a body that is none. */
    static ActionRequest read(String tenant, byte[] body) {
        JsonFields fields = Bodies.fields(StrictJson.read(Bodies.atMost(1, body)), "A bulk action", FIELDS);
        Kind kind = fields.text("action", "cancel, retry or delete", Kind::ofLabel);
        JsonFields filter = fields.object("filter");
        if (filter != null && !filter.refuseOthers(Selector.FIELDS)) {
            throw Problem.of(ProblemType.UNKNOWN_FIELD, fields.violations()).exception();
        }
        Selector selector = filter == null ? null : Selector.read(tenant, filter);
        List<JobId> ids = fields.read("ids", "a list of 1 to 10,000 ids of jobs", ActionRequest::ids);
        String reason = fields.text("reason", "a text of at most 1,024 characters", ActionRequest::reason);
        Boolean dryRun = fields.read("dryRun", "true or false", ActionRequest::yes);
        check(fields, kind);
        if (selector != null && kind != null && kind.states(selector).findAny().isEmpty()) {
            fields.wrong("filter", "There is nothing to " + kind.label() + " of a job in that state.");
        }
        Bodies.requireRight(fields);
        if (kind == null) {
            throw new IllegalStateException("What is missing was told.");
        }
        return new ActionRequest(kind, selector, ids, reason, Boolean.TRUE.equals(dryRun));
    }

    private static void check(JsonFields fields, @Nullable Kind kind) {
        if (!fields.has("action")) {
            fields.wrong("action", "'action' is missing; it is cancel, retry or delete.");
        }
        if (fields.has("filter") == fields.has("ids")) {
            fields.wrong("filter", "Either 'filter' or 'ids' says which jobs are meant.");
        }
        if (fields.has("reason") && kind != Kind.CANCEL) {
            fields.wrong("reason", "A 'reason' is given for a cancel alone.");
        }
    }

    private static List<JobId> ids(JsonNode value) {
        JsonFields.require(value.isArray() && !value.isEmpty() && value.size() <= MOST_IDS);
        return StreamSupport.stream(value.spliterator(), false)
                .map(id -> JobId.parse(JsonFields.required(id.isTextual(), id).textValue()))
                .distinct()
                .toList();
    }

    private static String reason(String text) {
        JsonFields.require(text.length() <= MAX_REASON);
        return text;
    }

    private static boolean yes(JsonNode value) {
        return JsonFields.required(value.isBoolean(), value).booleanValue();
    }
}
