package dev.millrace.api.jobs.actions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.api.record.query.JobFilter;
import dev.millrace.api.record.query.UtcTimes;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.json.JsonFields;
import dev.millrace.json.Violation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs are meant, by the filters of the list of jobs.
 *
 * @param json as it was asked, an object
 */
record Selector(JobFilter filter, JsonNode json) {

    static final Set<String> FIELDS =
            Set.of("state", "task", "queue", "tag", "scheduleId", "parentId", "createdAfter", "createdBefore");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads the object; tells among its violations what is wrong with it. */
    static Selector read(String tenant, JsonFields fields) {
        if (FIELDS.stream().noneMatch(fields::has)) {
            fields.violations()
                    .add(new Violation(
                            fields.pointer(),
                            "A filter names at least one of "
                                    + FIELDS.stream().sorted().toList() + "."));
        }
        return new Selector(
                new JobFilter(
                        tenant,
                        fields.text("state", "a state of jobs", JobState::valueOf),
                        text(fields, "task"),
                        text(fields, "queue"),
                        text(fields, "tag"),
                        new JobFilter.Origin(
                                text(fields, "scheduleId"),
                                fields.text("parentId", "the id of a job", JobId::parse),
                                null,
                                null),
                        time(fields, "createdAfter"),
                        time(fields, "createdBefore"),
                        null),
                fields.object());
    }

    /** Reads what an action keeps. */
    static Selector stored(String tenant, String text) {
        try {
            return read(tenant, new JsonFields("", JSON.readTree(text), new ArrayList<>()));
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException(
                    "A filter in api.bulk_action is not JSON: it was written by something else.", broken);
        }
    }

    /** Of these the jobs in that state. */
    JobFilter in(JobState state) {
        return filter.in(state, filter.createdBefore());
    }

    /** Of these the jobs in that state that were there before that time. */
    JobFilter thenIn(JobState state, Instant then) {
        Instant before = filter.createdBefore();
        return filter.in(state, before == null || before.isAfter(then) ? then : before);
    }

    private static @Nullable String text(JsonFields fields, String name) {
        return fields.text(name, "a text of 1 to 255 characters", text -> {
            JsonFields.require(!text.isEmpty() && text.length() <= 255);
            return text;
        });
    }

    private static @Nullable Instant time(JsonFields fields, String name) {
        return fields.text(name, "a time such as 2026-01-31T12:00:00Z", text -> UtcTimes.inRange(Instant.parse(text)));
    }
}
