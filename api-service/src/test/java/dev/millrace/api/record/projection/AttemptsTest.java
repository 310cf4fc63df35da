package dev.millrace.api.record.projection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.ApiServers;
import dev.millrace.api.jobs.submit.Client;
import dev.millrace.api.outbox.Rows;
import dev.millrace.job.EntryId;
import dev.millrace.job.JobError;
import dev.millrace.job.JobEvent;
import dev.millrace.job.JobEvent.Deferred;
import dev.millrace.job.JobEvent.Ended;
import dev.millrace.job.JobEvent.Start;
import dev.millrace.job.JobEvent.Started;
import dev.millrace.job.JobEvent.Why;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.job.Position;
import dev.millrace.job.Position.Rank;
import dev.millrace.job.Token;
import dev.millrace.stream.entries.EventFields;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From the events of failures to what clients are shown of them. */
@QuarkusTest
@WithTestResource(ApiServers.class)
class AttemptsTest {

    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    @Inject
    ProjectionWriter writer;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private final JobId job = new JobId(UUID.randomUUID());
    private Client client;

    @BeforeEach
    void aJobIsAccepted() {
        Rows.change("insert into api.job (id, tenant, task, queue, priority, payload, body_hash, state) values ('" + job
                + "', 'default', 'demo.echo', 'default', 5, '{}', '\\x00', 'QUEUED')");
        client = new Client(port);
    }

    @Test
    void showsEachFailedAttemptWithItsErrorWorkerAndTimes() {
        write(failed(1), failed(2), end(3, JobState.FAILED));

        JsonNode items = get("").get("items");

        assertThat(items.findValuesAsText("attempt")).containsExactly("1", "2", "3");
        JsonNode second = items.get(1);
        assertThat(second.get("run").asInt()).isEqualTo(2);
        assertThat(second.get("worker").asText()).isEqualTo("w2");
        assertThat(second.get("startedAt").asText()).isEqualTo("2026-01-01T00:00:02Z");
        assertThat(second.get("finishedAt").asText()).isEqualTo("2026-01-01T00:00:03Z");
        assertThat(second.at("/error/type").asText()).isEqualTo("Boom");
        assertThat(second.at("/error/message").asText()).isEqualTo("attempt 2");
        assertThat(second.at("/error/stackTrace").asText()).isEqualTo("at line 2");
        assertThat(get("").get("nextCursor").isNull()).isTrue();
    }

    @Test
    void anAttemptBeganWhenItsJobSaidSoWhileItRan() {
        Instant told = BEGIN.plusMillis(998);
        write(new Started(job, position(1, Rank.STARTED), 1, told, "w1"));
        write(failed(1));
        assertThat(client.call("GET", "/api/v1/jobs/" + job)
                        .json()
                        .get("startedAt")
                        .asText())
                .isEqualTo(told.toString());

        write(failed(2));

        assertThat(get("").get("items").findValuesAsText("startedAt"))
                .containsExactly(told.toString(), BEGIN.plusSeconds(2).toString());
    }

    @Test
    void recordsAnAttemptOnceHoweverOftenItsEventComesAndInWhateverOrder() {
        write(failed(2), failed(1), failed(2));
        write(failed(1));
        write(end(3, JobState.TIMED_OUT), end(3, JobState.TIMED_OUT));
        write(end(3, JobState.TIMED_OUT));

        assertThat(get("").get("items").findValuesAsText("attempt")).containsExactly("1", "2", "3");
    }

    @Test
    void recordsNeitherASnoozeNorASuccessNorACancel() {
        write(deferred(1, Why.SNOOZE), end(2, JobState.CANCELLED));

        assertThat(get("").get("items")).isEmpty();
    }

    @Test
    void I9_aSecondEndIsNoAttempt() {
        write(end(1, JobState.FAILED));
        write(end(2, JobState.FAILED));

        assertThat(get("").get("items").findValuesAsText("attempt")).containsExactly("1");
    }

    @Test
    void goesOnWhereThePageBeforeEnded() {
        write(failed(1), failed(2), failed(3));

        JsonNode first = get("?limit=2");
        JsonNode second = get("?limit=2&cursor=" + first.get("nextCursor").asText());

        assertThat(first.get("items").findValuesAsText("attempt")).containsExactly("1", "2");
        assertThat(second.get("items").findValuesAsText("attempt")).containsExactly("3");
        assertThat(second.get("nextCursor").isNull()).isTrue();
    }

    @Test
    void recordsNothingOfJobsThatAreNotKnown() {
        JobId stranger = new JobId(UUID.randomUUID());
        writer.write(ProjectionBatch.of("events", List.of(EventFields.entry(failed(stranger, 1, Why.RETRY)))));

        assertThat(Rows.count("api.attempt where job = '" + stranger + "'")).isZero();
        assertThat(client.call("GET", "/api/v1/jobs/" + stranger + "/attempts").status())
                .isEqualTo(404);
    }

    @Test
    void refusesWhatIsNoPage() {
        assertThat(client.call("GET", path("?limit=0")).status()).isEqualTo(400);
        assertThat(client.call("GET", path("?cursor=x")).status()).isEqualTo(400);
        assertThat(client.call("GET", path("?state=FAILED")).status()).isEqualTo(400);
    }

    private void write(JobEvent... events) {
        writer.write(ProjectionBatch.of(
                "events", Arrays.stream(events).map(EventFields::entry).toList()));
    }

    private JsonNode get(String query) {
        return client.call("GET", path(query)).json();
    }

    private String path(String query) {
        return "/api/v1/jobs/" + job + "/attempts" + query;
    }

    private Deferred failed(int attempt) {
        return failed(job, attempt, Why.RETRY);
    }

    private Deferred deferred(int run, Why why) {
        return failed(job, run, why);
    }

    private static Deferred failed(JobId job, int run, Why why) {
        return new Deferred(
                job,
                position(run, Rank.DEFERRED),
                run + 1,
                BEGIN.plusSeconds(run + 1),
                why,
                BEGIN.plusSeconds(60),
                start(run),
                why == Why.RETRY ? error(run) : null);
    }

    private Ended end(int run, JobState state) {
        return new Ended(
                job,
                position(run, Rank.ENDED),
                run,
                BEGIN.plusSeconds(run + 1),
                state,
                start(run),
                null,
                state == JobState.CANCELLED ? null : error(run));
    }

    private static Position position(int run, Rank rank) {
        return new Position(new Token(1, run, 1), rank, new EntryId(run, 0));
    }

    private static Start start(int run) {
        return new Start(BEGIN.plusSeconds(run), "w" + run, Duration.ofSeconds(1));
    }

    private static JobError error(int attempt) {
        return new JobError("Boom", "attempt " + attempt, "at line " + attempt);
    }
}
