package dev.millrace.api.jobs.orders;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.ApiServers;
import dev.millrace.api.jobs.requeue.Stage;
import dev.millrace.api.jobs.submit.Client;
import dev.millrace.api.outbox.Rows;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.jobs.JobStreams;
import dev.millrace.stream.jobs.Settling.Finish;
import dev.millrace.stream.jobs.Settling.Ordering;
import dev.millrace.stream.jobs.Settling.Settled;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The test is the worker: what it orders is what a task's run ordered. */
@QuarkusTest
@WithTestResource(ApiServers.class)
class OrdersTest {

    private static final String ECHO = "{\"task\":\"demo.echo\",\"queue\":\"other\",\"payload\":{\"value\":%d}}";

    @Inject
    Stage stage;

    @Inject
    JobStreams streams;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private Client client;

    @BeforeEach
    void openStage() {
        client = stage.opened(port);
    }

    @Test
    void W14_makesWhatARunOrderedThatSucceeded() {
        JobId parent = Stage.submitted(client, ",\"priority\":8");

        succeed(stage.taken(), order("a", ECHO.formatted(1)), order("#2", ECHO.formatted(2)));

        await(parent, 2);
        JsonNode first = job(parent.child("a"));
        assertThat(first.get("parentId").asText()).isEqualTo(parent.toString());
        assertThat(first.at("/payload/value").asInt()).isEqualTo(1);
        assertThat(first.get("priority").asInt()).isEqualTo(8);
        assertThat(job(parent).get("parentId").isNull()).isTrue();
        assertThat(items(parent).findValuesAsText("key")).containsExactly("a", "#2");
        assertThat(items(parent).findValuesAsText("jobId"))
                .containsExactly(
                        parent.child("a").toString(), parent.child("#2").toString());
        assertThat(List.of(stage.taken().job().id(), stage.taken().job().id()))
                .containsExactlyInAnyOrder(parent.child("a"), parent.child("#2"));
    }

    @Test
    void findsTheJobsOfAParentByTheFilterOfTheList() {
        JobId parent = Stage.submitted(client, "");
        succeed(stage.taken(), order("a", ECHO.formatted(1)), order("b", ECHO.formatted(2)));
        await(parent, 2);

        JsonNode list =
                client.call("GET", "/api/v1/jobs?limit=1&parentId=" + parent).json();
        JsonNode rest = client.call(
                        "GET",
                        "/api/v1/jobs?parentId=" + parent + "&cursor="
                                + list.get("nextCursor").asText())
                .json();
        JsonNode counts =
                client.call("GET", "/api/v1/jobs/counts?parentId=" + parent).json();

        assertThat(List.of(
                        list.at("/items/0/id").asText(), rest.at("/items/0/id").asText()))
                .containsExactlyInAnyOrder(
                        parent.child("a").toString(), parent.child("b").toString());
        assertThat(rest.get("nextCursor").isNull()).isTrue();
        assertThat(counts.get("QUEUED").asInt()).isEqualTo(2);
        assertThat(client.call("GET", "/api/v1/jobs?parentId=nonsense").status())
                .isEqualTo(400);
    }

    @Test
    void keepsWhatItRefusesWithTheReason() {
        JobId parent = Stage.submitted(client, "");
        JobId taken = Stage.submitted(client, ",\"id\":\"" + parent.child("taken") + "\"");

        succeed(
                firstOf(parent),
                order("unknown", "{\"task\":\"nobody.has\",\"payload\":null}"),
                order("unfit", "{\"task\":\"demo.echo\",\"payload\":{}}"),
                order("odd", "{\"task\":\"demo.echo\",\"payload\":{\"value\":1},\"speed\":\"high\"}"),
                order("own-id", "{\"task\":\"demo.echo\",\"payload\":{\"value\":1},\"id\":\"" + taken + "\"}"),
                order("taken", ECHO.formatted(3)),
                order("good", ECHO.formatted(4)));

        await(parent, 6);
        assertThat(problems(parent))
                .containsExactly("unknown-task", "payload-invalid", "unknown-field", "invalid", "id-taken", "");
        JsonNode unfit = items(parent).get(1);
        assertThat(unfit.get("jobId").isNull()).isTrue();
        assertThat(unfit.get("state").isNull()).isTrue();
        assertThat(unfit.at("/problem/errors/0/pointer").asText()).startsWith("/payload");
        assertThat(job(taken).get("parentId").isNull()).isTrue();
        assertThat(items(parent).get(5).get("state").asText()).isEqualTo("QUEUED");
    }

    @Test
    void W14_makesNothingOfARunThatIsFenced() {
        JobId parent = Stage.submitted(client, "");
        Delivery held = stage.taken();
        streams.handback(List.of(held));
        Delivery again = stage.taken();

        assertThat(streams.finish(List.of(finish(held, order("lost", ECHO.formatted(1))))))
                .containsExactly(Settled.FENCED);
        succeed(again, order("kept", ECHO.formatted(2)));

        await(parent, 1);
        assertThat(items(parent).findValuesAsText("key")).containsExactly("kept");
        assertThat(Rows.count("api.job where parent is not null")).isEqualTo(1);
    }

    @Test
    void W14_makesOnceWhatTwoRunsOrderedAsRedisLostTheFirst() {
        JobId parent = Stage.submitted(client, "");
        succeed(stage.taken(), order("a", ECHO.formatted(1)), order("b", ECHO.formatted(2)));
        await(parent, 2);
        Rows.change("""
                update api.job set state = 'QUEUED', ended_position = null, finished_at = null, result = null,
                    duration_ms = null where id = '%s'""".formatted(parent));

        stage.emptyRedis();
        succeed(firstOf(parent), order("a", ECHO.formatted(7)), order("c", ECHO.formatted(3)));

        await(parent, 3);
        assertThat(job(parent.child("a")).at("/payload/value").asInt()).isEqualTo(1);
        assertThat(Rows.count("api.job where parent is not null")).isEqualTo(3);
    }

    @Test
    void W14_redisThatIsEmptiedBetweenTheSuccessAndTheOrdersLosesNone() {
        JobId parent = Stage.submitted(client, "");
        succeed(stage.taken(), order("a", ECHO.formatted(1)));
        Stage.awaitState(client, parent, JobState.SUCCEEDED);

        stage.emptyRedis();

        await(parent, 1);
        assertThat(stage.taken().job().id()).isEqualTo(parent.child("a"));
    }

    @Test
    void W14_makesWhatWasFlushedThoughItsRunFailsAndOnceThoughTheEndTellsOfItAgain() {
        JobId failing = Stage.submitted(client, "");
        Delivery failed = stage.taken();
        assertThat(streams.order(List.of(new Ordering(failed, "[" + order("a", ECHO.formatted(1)) + "]"))))
                .isEmpty();
        stage.end(failed, JobState.FAILED);
        await(failing, 1);
        JobId parent = Stage.submitted(client, "");
        Delivery held = firstOf(parent);
        streams.order(List.of(new Ordering(held, "[" + order("a", ECHO.formatted(1)) + "]")));
        await(parent, 1);
        assertThat(job(parent).get("state").asText()).isNotEqualTo("SUCCEEDED");

        succeed(held, order("a", ECHO.formatted(1)), order("b", ECHO.formatted(2)));

        await(parent, 2);
        assertThat(Rows.count("api.job where parent = '" + parent + "'")).isEqualTo(2);
        assertThat(Rows.count("api.job where parent = '" + failing + "'")).isEqualTo(1);
    }

    @Test
    void makesAThousandOrdersOfOneRunAndShowsThemInPages() {
        JobId parent = Stage.submitted(client, "");
        String[] orders = IntStream.rangeClosed(1, 1_000)
                .mapToObj(n -> order("#" + n, ECHO.formatted(n)))
                .toArray(String[]::new);

        succeed(stage.taken(), orders);

        Rows.await("all are made", () -> Rows.count("api.child where parent = '" + parent + "'") == 1_000);
        List<String> keys = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonNode page = client.call("GET", "/api/v1/jobs/%s/children?limit=200%s".formatted(parent, cursor))
                    .json();
            keys.addAll(page.get("items").findValuesAsText("key"));
            cursor = page.get("nextCursor").isNull()
                    ? null
                    : "&cursor=" + page.get("nextCursor").asText();
        }
        assertThat(keys)
                .isEqualTo(
                        IntStream.rangeClosed(1, 1_000).mapToObj(n -> "#" + n).toList());
        assertThat(Rows.count("api.job_order")).isZero();
    }

    @Test
    void tellsNothingOfTheOrdersOfAJobThatItsClientDeleted() {
        JobId parent = Stage.submitted(client, "");
        succeed(stage.taken(), order("a", ECHO.formatted(1)));
        await(parent, 1);

        assertThat(client.call("DELETE", "/api/v1/jobs/" + parent).status()).isEqualTo(204);

        assertThat(client.call("GET", "/api/v1/jobs/" + parent + "/children").status())
                .isEqualTo(404);
        assertThat(Rows.count("api.child")).isZero();
        assertThat(job(parent.child("a")).get("state").asText()).isEqualTo("QUEUED");
    }

    @Test
    void refusesACursorThatItDidNotMake() {
        JobId parent = Stage.submitted(client, "");

        assertThat(client.call("GET", "/api/v1/jobs/" + parent + "/children?cursor=AAAA")
                        .problem())
                .isEqualTo("bad-request");
    }

    private void succeed(Delivery delivery, String... orders) {
        assertThat(streams.finish(List.of(finish(delivery, orders)))).containsExactly(Settled.OK);
    }

    private static Finish finish(Delivery delivery, String... orders) {
        return new Finish(
                delivery, JobState.SUCCEEDED, Duration.ofMillis(1), "1", null, "[" + String.join(",", orders) + "]");
    }

    private static String order(String key, String job) {
        return "{\"key\":\"%s\",\"job\":%s}".formatted(key, job);
    }

    /** Of whatever lies there the delivery of that job. */
    private Delivery firstOf(JobId job) {
        List<Delivery> found = new ArrayList<>();
        Rows.await("the job can be taken", () -> {
            streams.take(Stage.OTHER, 10).stream()
                    .filter(one -> one.job().id().equals(job))
                    .forEach(found::add);
            return !found.isEmpty();
        });
        return found.getFirst();
    }

    private void await(JobId parent, int children) {
        Rows.await("so many orders are decided", () -> items(parent).size() == children);
    }

    private JsonNode items(JobId parent) {
        return client.call("GET", "/api/v1/jobs/" + parent + "/children").json().get("items");
    }

    private List<String> problems(JobId parent) {
        List<String> types = new ArrayList<>();
        items(parent)
                .forEach(item -> types.add(item.at("/problem/type").asText().replaceFirst(".*/", "")));
        return types;
    }

    private JsonNode job(JobId job) {
        return Stage.get(client, job);
    }
}
