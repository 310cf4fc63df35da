package dev.millrace.api.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.ApiServers;
import dev.millrace.api.jobs.requeue.Stage;
import dev.millrace.api.jobs.submit.Client;
import dev.millrace.api.jobs.submit.Client.Reply;
import dev.millrace.api.outbox.Rows;
import dev.millrace.schedule.ScheduleContent;
import dev.millrace.schedule.ScheduleKey;
import dev.millrace.stream.entries.ScheduleCodec;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A deploy registers its schedules again and again, and they must go on as if it had not. */
@QuarkusTest
@WithTestResource(ApiServers.class)
class UnchangedScheduleTest {

    private static final String PLACE = "/api/v1/schedules/reports";
    private static final String JOB = "{\"task\":\"demo.echo\",\"payload\":{\"value\":1.50}}";
    private static final String EACH_MINUTE = "{\"interval\":{\"every\":\"PT1M\"}}";

    @Inject
    Stage stage;

    @Inject
    PlayedScheduler scheduler;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private Client client;

    @BeforeEach
    void openStage() {
        client = stage.opened(port);
        Rows.change("delete from api.schedule_command");
        Rows.change("delete from api.schedule");
        scheduler.start();
    }

    @AfterEach
    void stopTheScheduler() {
        scheduler.stop();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"cron\":{\"expression\":\"0 9 * * MON-FRI\",\"timezone\":\"Europe/Berlin\"}}",
                "{\"interval\":{\"every\":\"PT60S\"}}",
                "{\"interval\":{\"every\":\"PT60S\",\"anchor\":\"2026-01-01T00:00:00.123456Z\"}}",
                "{\"solar\":{\"event\":\"sunset\",\"latitude\":52.50,\"longitude\":13.4,\"offset\":\"-PT15M\"}}",
                "{\"once\":{\"at\":\"2999-01-01T01:00:00+01:00\"}}"
            })
    void whatIsPutAgainKeepsItsVersionAndNobodyIsAsked(String trigger) {
        Reply made = put(trigger);

        Reply again = put(trigger);
        Reply patched = patch(body(trigger));

        assertThat(made.status()).isEqualTo(201);
        assertThat(List.of(again, patched)).allSatisfy(reply -> {
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.json()).isEqualTo(made.json());
            assertThat(reply.header("ETag")).isEqualTo(made.header("ETag"));
        });
        assertThat(scheduler.heard()).hasSize(1);
    }

    @Test
    void anIntervalKeepsItsFirstAnchorWhenSomethingElseIsChanged() {
        Reply made = put(EACH_MINUTE);

        Reply changed = client.send("PUT", PLACE, body(EACH_MINUTE).replace("1.50", "2"));
        Reply longer = put("{\"interval\":{\"every\":\"PT2M\"}}");

        assertThat(changed.json().get("version")).isNotEqualTo(made.json().get("version"));
        assertThat(anchor(changed)).isEqualTo(anchor(made));
        assertThat(anchor(longer)).isNotEqualTo(anchor(made));
    }

    @Test
    void anIntervalWhoseAnchorIsNamedHasThatOne() {
        put(EACH_MINUTE);

        assertThat(anchor(put("{\"interval\":{\"every\":\"PT1M\",\"anchor\":\"2026-01-01T00:00:00Z\"}}")))
                .isEqualTo("2026-01-01T00:00:00Z");
        assertThat(anchor(patch("{\"trigger\":{\"interval\":{\"anchor\":null}}}")))
                .isEqualTo("2026-01-01T00:00:00Z");
    }

    @Test
    void ofReplicasThatPutTheSameAtOnceOneMakesAChange() {
        List<Reply> replies = IntStream.range(0, 8)
                .parallel()
                .mapToObj(replica -> put(EACH_MINUTE))
                .toList();

        assertThat(replies).extracting(Reply::status).containsOnly(200, 201);
        assertThat(replies).extracting(reply -> reply.json().get("version")).containsOnly(current("version"));
        assertThat(replies).extracting(UnchangedScheduleTest::anchor).containsOnly(anchor(get()));
    }

    @Test
    void anEarlierETagIsRefusedThoughNothingWouldChange() {
        Reply made = put(EACH_MINUTE);

        assertThat(client.send("PUT", PLACE, body(EACH_MINUTE), "If-Match", made.header("ETag"))
                        .status())
                .isEqualTo(200);
        assertThat(client.send("PUT", PLACE, body(EACH_MINUTE), "If-Match", "\"1\"")
                        .status())
                .isEqualTo(412);
        assertThat(client.send("PATCH", PLACE, "{}", "If-Match", "\"1\"").status())
                .isEqualTo(412);
    }

    @Test
    void aScheduleWhoseLastTimeHasPassedMayBePutAgain() {
        Instant soon = Instant.now().plusMillis(500).truncatedTo(ChronoUnit.MILLIS);
        Reply made = put("{\"once\":{\"at\":\"" + soon + "\"}}");
        Rows.await("its time has passed", () -> Instant.now().isAfter(soon));

        Reply again = put("{\"once\":{\"at\":\"" + soon + "\"}}");

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.header("ETag")).isEqualTo(made.header("ETag"));
    }

    @Test
    void whatIsPutWhileAnotherChangeIsToComeIsAskedForBehindIt() {
        Reply made = put(EACH_MINUTE);
        scheduler.stop();
        client.send("PATCH", PLACE, "{\"paused\":true}");

        assertThat(put(EACH_MINUTE).status()).isEqualTo(202);
        scheduler.start();
        Rows.await(
                "both are carried out",
                () -> get().json().get("version").asLong()
                                > made.json().get("version").asLong() + 1
                        && !get().json().get("paused").asBoolean());
    }

    @Test
    void whatTheConfigurationDeclaresIsRefusedThoughNothingWouldChange() {
        Reply made = put(EACH_MINUTE);
        ScheduleContent content = new ScheduleContent(
                ScheduleCodec.plan("{\"trigger\":" + made.json().get("trigger") + "}"),
                JOB.replace("1.50", "1.5"),
                false);
        scheduler.declare(new ScheduleKey("default", "reports"), content);
        Rows.await("it is declared", () -> get().json().get("source").asText().equals("configuration"));

        assertThat(put(EACH_MINUTE).status()).isEqualTo(409);
    }

    private Reply put(String trigger) {
        return client.send("PUT", PLACE, body(trigger));
    }

    private Reply patch(String patch) {
        return client.send("PATCH", PLACE, patch);
    }

    private Reply get() {
        return client.call("GET", PLACE);
    }

    private JsonNode current(String field) {
        return get().json().get(field);
    }

    private static String anchor(Reply reply) {
        return reply.json().at("/trigger/interval/anchor").asText();
    }

    private static String body(String trigger) {
        return "{\"trigger\":" + trigger + ",\"job\":" + JOB + "}";
    }
}
