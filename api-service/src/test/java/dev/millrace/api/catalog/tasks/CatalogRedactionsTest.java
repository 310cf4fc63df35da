package dev.millrace.api.catalog.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.api.http.access.Caller;
import dev.millrace.api.http.access.Role;
import dev.millrace.api.record.query.JobDocument.Failure;
import dev.millrace.api.record.query.Redaction;
import dev.millrace.job.ExecutionPolicy;
import dev.millrace.job.JobError;
import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import dev.millrace.json.Violation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CatalogRedactionsTest {

    private static final TaskName LOGIN = new TaskName("login");
    private static final TaskName OPEN = new TaskName("open");
    private static final TaskName UNKNOWN = new TaskName("unknown");
    private static final String MARKED = "{\"properties\":{\"secret\":{\"x-sensitive\":true}}}";
    private static final String JSON = "{\"secret\":\"s\",\"user\":\"u\"}";
    private static final String SHOWN = "{\"secret\":\"***\",\"user\":\"u\"}";

    private final Map<TaskName, TaskInfo> tasks = new HashMap<>();
    private final CatalogRedactions redactions = new CatalogRedactions(new Known());

    CatalogRedactionsTest() {
        offer(LOGIN, MARKED, MARKED);
        offer(OPEN, "{}", "{}");
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void whoeverIsBelowOperatorSeesNoneOfIt(Role role) {
        Redaction redaction = redactions.of(caller(role));
        boolean all = role == Role.OPERATOR || role == Role.ADMIN;

        assertThat(redaction.payload(LOGIN, JSON)).isEqualTo(all ? JSON : SHOWN);
        assertThat(redaction.result(LOGIN, JSON)).isEqualTo(all ? JSON : SHOWN);
        assertThat(redaction.request("{\"task\":\"login\",\"payload\":" + JSON + ",\"tags\":[\"t\"]}"))
                .isEqualTo("{\"task\":\"login\",\"payload\":" + (all ? JSON : SHOWN) + ",\"tags\":[\"t\"]}");
        assertThat(redaction.concerns(LOGIN)).isEqualTo(!all);
    }

    @Test
    void aTaskThatMarksNothingIsShownAsItIs() {
        Redaction viewer = redactions.of(caller(Role.VIEWER));

        assertThat(viewer.concerns(OPEN)).isFalse();
        assertThat(viewer.payload(OPEN, JSON)).isSameAs(JSON);
        assertThat(viewer.result(OPEN, JSON)).isSameAs(JSON);
        assertThat(viewer.result(LOGIN, null)).isNull();
    }

    @Test
    void nothingIsShownOfATaskThatNobodyKnows() {
        Redaction viewer = redactions.of(caller(Role.VIEWER));

        assertThat(viewer.payload(UNKNOWN, JSON)).isEqualTo("\"***\"");
        assertThat(viewer.result(UNKNOWN, JSON)).isEqualTo("\"***\"");
        assertThat(viewer.request("{\"task\":\"unknown\",\"payload\":" + JSON + "}"))
                .isEqualTo("{\"task\":\"unknown\",\"payload\":\"***\"}");
        assertThat(viewer.request("{\"task\":7,\"payload\":{}}")).contains("***");
        assertThat(viewer.concerns(UNKNOWN)).isTrue();
    }

    @Test
    void theBytesOfAnEntryThatNobodyCouldReadAreKeptBack() {
        Redaction viewer = redactions.of(caller(Role.VIEWER));
        Failure quarantined = new Failure(JobError.QUARANTINED, "Its entry is malformed.", JSON);
        Failure other = new Failure("Boom", "it broke", "at line 1");

        assertThat(viewer.failure(LOGIN, quarantined))
                .isEqualTo(new Failure(JobError.QUARANTINED, "Its entry is malformed.", "***"));
        assertThat(viewer.failure(OPEN, quarantined)).isEqualTo(quarantined);
        assertThat(viewer.failure(LOGIN, other)).isEqualTo(other);
        assertThat(redactions.of(caller(Role.OPERATOR)).failure(LOGIN, quarantined))
                .isEqualTo(quarantined);
    }

    @Test
    void theLatestSchemaDecides() {
        Redaction viewer = redactions.of(caller(Role.VIEWER));
        assertThat(viewer.payload(OPEN, JSON)).isEqualTo(JSON);

        offer(OPEN, MARKED, "{}");

        assertThat(viewer.payload(OPEN, JSON)).isEqualTo(SHOWN);
    }

    private void offer(TaskName name, String payload, String result) {
        tasks.put(
                name,
                new TaskInfo(
                        name,
                        new QueueName("q"),
                        "",
                        json(payload),
                        json(result),
                        ExecutionPolicy.DEFAULT,
                        true,
                        List.of()));
    }

    private static Caller caller(Role role) {
        return Caller.ofToken("default", role, "test", "12345678", Instant.EPOCH);
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private final class Known implements KnownTasks {

        @Override
        public boolean isLoaded() {
            return true;
        }

        @Override
        public void requireLoaded() {}

        @Override
        public Optional<TaskInfo> find(TaskName name) {
            return Optional.ofNullable(tasks.get(name));
        }

        @Override
        public boolean knowsQueue(QueueName queue) {
            return true;
        }

        @Override
        public List<Violation> validate(TaskInfo task, JsonNode payload) {
            return List.of();
        }
    }
}
