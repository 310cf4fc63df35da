package dev.millrace.api.jobs.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.ApiServers;
import dev.millrace.api.jobs.requeue.Stage;
import dev.millrace.api.jobs.submit.Client;
import dev.millrace.api.jobs.submit.Client.Reply;
import dev.millrace.api.outbox.Rows;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(ApiServers.class)
class DeadLetterGroupsTest {

    private static final String LETTERS = "/api/v1/dead-letters";
    private static final String TRACE_OF_MAIL = "java.io.IOException: no\\n\\tat java.base/java.io.X.read(X.java:1)\\n"
            + "\\tat com.example.Mail.send(Mail.java:%d)\\n\\tat com.example.Task.run(Task.java:9)";

    @Inject
    Stage stage;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private Client client;

    @BeforeEach
    void openStage() {
        client = stage.opened(port);
    }

    @Test
    void groupsWhatFailedInTheSameTaskWithTheSameErrorAtTheSamePlace() {
        fail("mail", "java.io.IOException", TRACE_OF_MAIL.formatted(7), 1, 3);
        fail("mail", "java.io.IOException", TRACE_OF_MAIL.formatted(8), 5, 2);
        fail("mail", "java.lang.Error", TRACE_OF_MAIL.formatted(7), 20, 1);
        fail("report", "java.io.IOException", TRACE_OF_MAIL.formatted(7), 10, 1);

        JsonNode groups = groups("");

        assertThat(groups.get("total").asInt()).isEqualTo(7);
        assertThat(groups.get("items").findValuesAsText("count")).containsExactly("1", "1", "5");
        JsonNode mail = groups.get("items").get(2);
        assertThat(mail.get("task").asText()).isEqualTo("mail");
        assertThat(mail.get("errorType").asText()).isEqualTo("java.io.IOException");
        assertThat(mail.get("frame").asText()).isEqualTo("com.example.Mail.send");
        assertThat(mail.get("firstSeenAt").asText()).isEqualTo("2026-01-01T00:00:01Z");
        assertThat(mail.get("lastSeenAt").asText()).isEqualTo("2026-01-01T00:00:06Z");
        JsonNode latest =
                client.call("GET", LETTERS + "/" + mail.get("latest").asText()).json();
        assertThat(latest.get("fingerprint")).isEqualTo(mail.get("fingerprint"));
        assertThat(latest.get("failedAt")).isEqualTo(mail.get("lastSeenAt"));
    }

    @Test
    void aLetterHasItsFingerprintAsSoonAsItIsThereAndItsGroupKnowsNoPlaceIfNoTraceDoes() {
        JobId job = stage.ended(client, JobState.FAILED);

        JsonNode group = groups("").get("items").get(0);

        assertThat(group.get("fingerprint").asText()).matches("[0-9a-f]{16}");
        assertThat(Stage.letters(client, job).get(0).get("fingerprint")).isEqualTo(group.get("fingerprint"));
        assertThat(group.get("frame").isNull()).isTrue();
        assertThat(group.get("message").asText()).isEqualTo("it broke");
    }

    @Test
    void goesOnWhereThePageBeforeEndedTheGroupThatFailedLastFirst() {
        for (int i = 1; i <= 5; i++) {
            fail("task." + i, "Boom", "", i, 2);
        }

        JsonNode first = groups("?limit=3");
        JsonNode second = groups("?limit=3&cursor=" + first.get("nextCursor").asText());

        assertThat(Stream.of(first, second).flatMap(page -> page.get("items").findValuesAsText("task").stream()))
                .containsExactly("task.5", "task.4", "task.3", "task.2", "task.1");
        assertThat(second.get("nextCursor").isNull()).isTrue();
        assertThat(groups("?task=task.2").get("total").asInt()).isEqualTo(2);
        assertThat(groups("?task=task.2&errorType=Bang").get("items")).isEmpty();
    }

    @Test
    void onlyOpenLettersAreInAGroup() {
        fail("demo.echo", "Boom", "", 1, 3);
        String fingerprint = groups("").get("items").get(0).get("fingerprint").asText();

        Reply resolved = client.post(LETTERS + "/resolve", "{\"fingerprint\":\"" + fingerprint + "\",\"limit\":1}");

        assertThat(resolved.status()).isEqualTo(200);
        assertThat(resolved.json().toString()).isEqualTo("{\"matched\":3,\"resolved\":1}");
        JsonNode group = groups("").get("items").get(0);
        assertThat(group.get("count").asInt()).isEqualTo(2);
        assertThat(group.get("firstSeenAt").asText()).isEqualTo("2026-01-01T00:00:02Z");
    }

    @Test
    void aFingerprintFindsRequeuesAndResolvesTheLettersOfItsGroup() {
        fail("demo.echo", "Boom", "", 1, 2);
        fail("demo.echo", "Bang", "", 1, 2);
        fail("demo.echo", "Buff", "", 1, 2);
        List<String> prints = groups("?errorType=Boom").get("items").findValuesAsText("fingerprint");
        String boom = prints.getFirst();
        String bang = groups("?errorType=Bang")
                .get("items")
                .findValuesAsText("fingerprint")
                .getFirst();

        assertThat(list("?fingerprint=" + boom)).hasSize(2);
        assertThat(client.post(LETTERS + "/requeue", "{\"fingerprint\":\"" + boom + "\",\"limit\":9}")
                        .json()
                        .toString())
                .isEqualTo("{\"matched\":2,\"requeued\":2}");
        assertThat(client.post(LETTERS + "/resolve", "{\"fingerprint\":\"" + bang + "\",\"limit\":9,\"dryRun\":true}")
                        .json()
                        .toString())
                .isEqualTo("{\"matched\":2,\"resolved\":0}");
        assertThat(list("")).hasSize(4);
        assertThat(client.post(LETTERS + "/resolve", "{\"fingerprint\":\"" + bang + "\",\"limit\":9}")
                        .json()
                        .toString())
                .isEqualTo("{\"matched\":2,\"resolved\":2}");
        assertThat(list("?fingerprint=" + bang + "&resolved=true")).hasSize(2);
        assertThat(list("").findValuesAsText("type")).containsOnly("Buff");
        assertThat(Rows.count("api.job where run = 2")).isEqualTo(2);
    }

    @Test
    void I29_countsNoLettersOfAnotherTenant() {
        fail("demo.echo", "Boom", "", 1, 2);
        Rows.change("update api.dead_letter set tenant = 'other'");

        assertThat(groups("").toString()).isEqualTo("{\"items\":[],\"nextCursor\":null,\"total\":0}");
        assertThat(client.post(LETTERS + "/resolve", "{\"limit\":9}").json().toString())
                .isEqualTo("{\"matched\":0,\"resolved\":0}");
        assertThat(Rows.count("api.dead_letter where open")).isEqualTo(2);
    }

    @Test
    void refusesWhatIsNoQuery() {
        for (String query : List.of("limit=0", "cursor=x", "queue=mail", "errorType=")) {
            assertThat(client.call("GET", LETTERS + "/groups?" + query).status())
                    .as(query)
                    .isEqualTo(400);
        }
        assertThat(client.call("GET", LETTERS + "/groups?tenant=other").status())
                .isEqualTo(422);
        assertThat(client.post(LETTERS + "/resolve", "{}").status()).isEqualTo(422);
    }

    /** Letters of jobs that failed a second apart, from that second on. */
    private static void fail(String task, String error, String stack, int from, int count) {
        Rows.change("""
                with made as (
                    insert into api.job (id, tenant, task, queue, priority, payload, body_hash, state, position,
                        ended_position, finished_at, error_type, error_stack)
                    select gen_random_uuid(), 'default', '%s', 'other', 5, '{"value":1}', '\\x00', 'FAILED', p, p,
                        '2026-01-01T00:00:00Z'::timestamptz + i * interval '1 second', '%s', E'%s'
                    from generate_series(%d, %d) i,
                        lateral (select decode('0001000000010001' || '03' || lpad(to_hex(i), 32, '0'), 'hex') p) q
                    returning *)
                insert into api.dead_letter (job, position, tenant, task, queue, payload, attempts, error_type, error_stack,
                    failed_at)
                select id, ended_position, tenant, task, queue, payload, attempt, error_type, error_stack, finished_at
                from made""".formatted(task, error, stack, from, from + count - 1));
    }

    private JsonNode groups(String query) {
        Reply reply = client.call("GET", LETTERS + "/groups" + query);
        assertThat(reply.status()).isEqualTo(200);
        return reply.json();
    }

    private JsonNode list(String query) {
        return client.call("GET", LETTERS + query).json().get("items");
    }
}
