package dev.millrace.api.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.api.jobs.submit.Client;
import dev.millrace.api.jobs.submit.Client.Reply;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every way to ask badly, and the kind of problem that answers it: of any service that knows the task {@code demo.echo}, in
 * whichever form it runs.
 */
public abstract class ErrorContract {

    private static final String ECHO = "{\"task\":\"demo.echo\",\"payload\":{\"value\":1}}";
    private static final String NDJSON = "application/x-ndjson";

    private Client client;

    /** Where the service listens, once a worker has offered its tasks. */
    protected abstract int port();

    @BeforeEach
    void connect() {
        client = new Client(port());
    }

    /** A body of POST /jobs, and what it is answered with. */
    record Bad(String body, int status, String problem) {

        static Bad with(String field, int status, String problem) {
            return new Bad(echoWith(field), status, problem);
        }
    }

    static Stream<Bad> badJobs() {
        return Stream.of(
                new Bad("", 400, "not-json"),
                new Bad("\uFEFF" + ECHO, 400, "not-json"),
                new Bad(ECHO + ECHO, 400, "not-json"),
                new Bad("{\"task\":\"demo.echo\",\"payload\":{\"value\":NaN}}", 400, "not-json"),
                new Bad("{\"task\":\"demo.echo\",\"payload\":{\"value\":01}}", 400, "not-json"),
                new Bad("null", 422, "invalid"),
                new Bad("{\"task\":null,\"payload\":1}", 422, "invalid"),
                new Bad("{\"task\":\"demo.echo\",\"payload\":{\"value\":1,\"value\":2}}", 400, "duplicate-field"),
                new Bad("{\"task\":\"demo.echo\",\"payload\":{\"value\":\"\\udc00\"}}", 422, "invalid"),
                new Bad("{\"task\":\"demo.echo\",\"payload\":{\"\\u0000\":1}}", 422, "invalid"),
                new Bad("{\"task\":\"demo.echo\",\"payload\":{\"value\":1e401}}", 422, "invalid"),
                new Bad("{\"task\":\"demo.echo\",\"payload\":{\"value\":1e99999999999}}", 422, "invalid"),
                new Bad("{\"task\":\"demo.echo\",\"payload\":" + "[".repeat(100_000), 422, "invalid"),
                new Bad("{\"task\":\"" + "t".repeat(129) + "\",\"payload\":{}}", 422, "invalid"),
                Bad.with("\"Task\":1", 400, "unknown-field"),
                Bad.with("\"tenant\":\"other\"", 400, "unknown-field"),
                Bad.with("\"state\":\"SUCCEEDED\"", 400, "unknown-field"),
                Bad.with("\"delay\":1", 422, "invalid"),
                Bad.with("\"delay\":\"1s\"", 422, "invalid"),
                Bad.with("\"delay\":\"-PT1S\"", 422, "invalid"),
                Bad.with("\"delay\":\"P36501D\"", 422, "invalid"),
                Bad.with("\"delay\":\"PT1S\",\"runAt\":\"2030-01-01T00:00:00Z\"", 422, "invalid"),
                Bad.with("\"runAt\":\"tomorrow\"", 422, "invalid"),
                Bad.with("\"runAt\":\"2030-01-01T00:00:00\"", 422, "invalid"),
                Bad.with("\"runAt\":\"+10000-01-01T00:00:00Z\"", 422, "invalid"),
                Bad.with("\"runAt\":1893456000", 422, "invalid"),
                Bad.with("\"ttl\":\"PT0S\"", 422, "invalid"),
                Bad.with("\"ttl\":\"PT1H\",\"expiresAt\":\"2030-01-01T00:00:00Z\"", 422, "invalid"),
                Bad.with("\"expiresAt\":\"2030-02-30T00:00:00Z\"", 422, "invalid"),
                Bad.with("\"timeout\":\"PT0S\"", 422, "invalid"),
                Bad.with("\"timeout\":\"P367D\"", 422, "invalid"),
                Bad.with("\"timeout\":\"PT99999999999999999999S\"", 422, "invalid"),
                Bad.with("\"softTimeout\":\"PT1S\",\"timeout\":\"PT1S\"", 422, "invalid"),
                Bad.with("\"softTimeout\":\"PT30M\"", 422, "invalid"),
                Bad.with("\"retry\":3", 422, "invalid"),
                Bad.with("\"retry\":{\"maxAttempts\":0}", 422, "invalid"),
                Bad.with("\"retry\":{\"maxAttempts\":2.5}", 422, "invalid"),
                Bad.with("\"retry\":{\"maxAttempts\":10001}", 422, "invalid"),
                Bad.with("\"retry\":{\"backoff\":\"fixed\"}", 422, "invalid"),
                Bad.with("\"retry\":{\"backoff\":{\"type\":\"linear\"}}", 422, "invalid"),
                Bad.with("\"retry\":{\"backoff\":{\"base\":\"-PT1S\"}}", 422, "invalid"),
                Bad.with("\"retry\":{\"backoff\":{\"base\":\"PT2S\",\"max\":\"PT1S\"}}", 422, "invalid"),
                Bad.with("\"retry\":{\"backoff\":{\"factor\":0.5}}", 422, "invalid"),
                Bad.with("\"retry\":{\"backoff\":{\"factor\":\"2\"}}", 422, "invalid"),
                Bad.with("\"retry\":{\"backoff\":{\"jitter\":true}}", 422, "invalid"),
                Bad.with("\"retry\":{\"attempts\":2}", 400, "unknown-field"),
                Bad.with("\"retry\":{\"backoff\":{\"step\":2}}", 400, "unknown-field"),
                Bad.with("\"unique\":{\"key\":\"k\"}", 422, "not-available"),
                Bad.with("\"id\":1", 422, "invalid"),
                Bad.with("\"queue\":\"a b\"", 422, "invalid"),
                Bad.with("\"queue\":\"" + "q".repeat(128) + "\"", 422, "unknown-queue"),
                Bad.with("\"priority\":5.0", 422, "invalid"),
                Bad.with("\"priority\":0", 422, "invalid"),
                Bad.with("\"priority\":99999999999999999999", 422, "invalid"),
                Bad.with("\"tags\":[null]", 422, "invalid"),
                Bad.with("\"tags\":[\"a,b\"]", 422, "invalid"),
                Bad.with("\"tags\":" + texts(33), 422, "invalid"),
                Bad.with("\"metadata\":[]", 422, "invalid"),
                Bad.with("\"metadata\":" + textFields(257), 422, "invalid"),
                Bad.with("\"metadata\":{\"a\":\"" + "é".repeat(8192) + "\"}", 422, "invalid"),
                Bad.with("\"ignoreResult\":\"true\"", 422, "invalid"));
    }

    @ParameterizedTest
    @MethodSource("badJobs")
    void refusesAJob(Bad bad) {
        Reply reply = client.submit(bad.body());

        assertThat(reply.status()).isEqualTo(bad.status());
        assertThat(reply.problem()).isEqualTo(bad.problem());
        assertThat(reply.json().get("detail").asText()).endsWith(".");
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    }

    static Stream<String> jobsAtTheEdge() {
        return Stream.of(
                echoWith("\"priority\":1"),
                echoWith("\"priority\":10"),
                echoWith("\"delay\":null"),
                echoWith("\"tags\":" + texts(32)),
                echoWith("\"metadata\":" + textFields(256)),
                echoWith("\"metadata\":{\"a\":[1,{\"b\":null}]}"),
                echoWith("\"id\":\"" + UUID.randomUUID().toString().toUpperCase(Locale.ROOT) + "\""),
                "{\"task\":\"demo.echo\",\"payload\":{\"value\":" + "[".repeat(62) + "]".repeat(62) + "}}",
                "{\"task\":\"demo.echo\",\"payload\":{\"value\":" + "9".repeat(100) + "}}",
                "{\"task\":\"demo.echo\",\"payload\":{\"value\":\"\\ud83d\\ude00\"}}",
                "{\"task\":\"demo.echo\",\"payload\":{\"value\":\"" + "x".repeat((256 << 10) - 12) + "\"}}");
    }

    @ParameterizedTest
    @MethodSource("jobsAtTheEdge")
    void acceptsAJob(String body) {
        assertThat(client.submit(body).status()).isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/jobs?state=running",
                "/jobs?state=",
                "/jobs?state=QUEUED&state=QUEUED",
                "/jobs?task=a%00b",
                "/jobs?queue=%00",
                "/jobs?tag=",
                "/jobs?limit=0",
                "/jobs?limit=201",
                "/jobs?limit=%2B5",
                "/jobs?limit=%D9%A3",
                "/jobs?limit=99999999999999999999",
                "/jobs?cursor=",
                "/jobs?cursor=AAAA",
                "/jobs?cursor=f_____________________________8",
                "/jobs?createdAfter=2020-01-01",
                "/jobs?createdBefore=%2B12020-01-01T00:00:00Z",
                "/jobs?colour=red",
                "/jobs/counts?limit=1",
                "/jobs/counts?task=%00",
                "/jobs/7f000000-0000-0000-0000-000000000000?x=1",
                "/jobs/7f000000-0000-0000-0000-000000000000/result?wait=soon",
                "/jobs/7f000000-0000-0000-0000-000000000000/result?wait=-1",
                "/jobs/7f000000-0000-0000-0000-000000000000/result?wait=1&wait=2",
                "/jobs/7f000000-0000-0000-0000-000000000000/events?x=1",
                "/events?queue=%00",
                "/events?tag=a&tag=b",
                "/events?state=running",
                "/events?limit=1",
                "/tasks?limit=0",
                "/tasks?limit=",
                "/tasks?cursor=no%20name",
                "/tasks?x=1",
                "/tasks/demo.echo?x=1"
            })
    void refusesAQuery(String path) {
        Reply reply = client.call("GET", "/api/v1" + path);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.problem()).isEqualTo("bad-request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dead-letters", "/dead-letters/groups"})
    void refusesAQueryThatOnlyALaterReleaseCanHonour(String path) {
        assertThat(client.call("GET", "/api/v1" + path + "?tenant=x").status()).isEqualTo(422);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "%22open", "/a%00=1", "1+2+3+4+5+6+7+8+9+10+11"})
    void refusesASearchThatItCannotRead(String words) {
        assertThat(client.call("GET", "/api/v1/jobs?q=" + words).status()).isEqualTo(400);
        assertThat(client.call("GET", "/api/v1/jobs/counts?q=" + words).status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/jobs",
                "/jobs/bulk",
                "/jobs/7f000000-0000-0000-0000-000000000000/result",
                "/jobs/7f000000-0000-0000-0000-000000000000/events",
                "/events",
                "/tasks",
                "/tasks/demo.echo"
            })
    void refusesAMethodThatThereIsNot(String path) {
        Reply deleted = client.call("DELETE", "/api/v1" + path);
        assertThat(deleted.status()).isEqualTo(405);
        assertThat(deleted.problem()).isEqualTo("method-not-allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/jobs", "/jobs/counts", "/events", "/tasks", "/tasks/demo.echo"})
    void refusesARepresentationThatThereIsNot(String path) {
        Reply html = client.call("GET", "/api/v1" + path, "Accept", "text/html");

        assertThat(html.status()).isEqualTo(406);
        assertThat(html.problem()).isEqualTo("not-acceptable");
    }

    @Test
    void answersHeadWithoutABodyAndWithoutWaitingForTheEndOfAStream() {
        String job = client.submit(ECHO).json().at("/links/self").asText();

        for (String path : new String[] {"/api/v1/jobs", job, job + "/events", "/api/v1/events", "/api/v1/tasks"}) {
            Reply head = client.call("HEAD", path);
            assertThat(head.status()).as(path).isEqualTo(200);
            assertThat(head.http().body()).isEmpty();
        }
    }

    @Test
    void tellsAnUnchangedJobAlsoToAProxyThatWeakenedItsTag() {
        // It rests in the record: a worker would change it meanwhile.
        String later = ECHO.replaceFirst("\\{", "{\"delay\":\"P30D\",");
        String job = client.submit(later).json().at("/links/self").asText();
        Reply first = client.call("GET", job);
        String tag = first.header("ETag");

        assertThat(tag).matches("\"\\d+\"");
        for (String known : new String[] {tag, "W/" + tag, "*", "\"x\", " + tag}) {
            assertThat(client.call("GET", job, "If-None-Match", known).status())
                    .as(known)
                    .isEqualTo(304);
        }
        for (String unknown : new String[] {"\"x\"", "garbage", "\"unterminated"}) {
            assertThat(client.call("GET", job, "If-None-Match", unknown).status())
                    .as(unknown)
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nope", "%00", "a%2Fb", "no%20name", "%ED%A0%80"})
    void knowsNoTaskOfSuchAName(String name) {
        assertThat(client.call("GET", "/api/v1/tasks/" + name).status()).isEqualTo(404);
    }

    @Test
    void refusesAKeyThatIsNone() {
        for (String key : new String[] {"", " ", "k".repeat(256)}) {
            assertThat(client.submit(ECHO, "Idempotency-Key", key).problem())
                    .as(key)
                    .isEqualTo("bad-request");
        }
        assertThat(client.submit(ECHO, "Idempotency-Key", "k".repeat(255)).status())
                .isEqualTo(202);
    }

    @Test
    void refusesTwoKeysForOneCall() {
        String key = "key-" + UUID.randomUUID();

        assertThat(client.submitWithEach(ECHO, "Idempotency-Key", key, key).problem())
                .isEqualTo("bad-request");
        assertThat(client.submit(ECHO, "Idempotency-Key", key).header("Idempotency-Replayed"))
                .isEmpty();
    }

    @Test
    void refusesARepresentationOfABulkReplyThatThereIsNot() {
        for (String type : new String[] {"application/json", NDJSON}) {
            assertThat(client.post("/api/v1/jobs/bulk", ECHO, "Content-Type", type, "Accept", "text/html")
                            .problem())
                    .isEqualTo("not-acceptable");
        }
        assertThat(client.post(
                                "/api/v1/jobs/bulk",
                                ECHO,
                                "Content-Type",
                                NDJSON,
                                "Accept",
                                "text/html, application/*;q=0.5")
                        .status())
                .isEqualTo(202);
    }

    @Test
    void keepsTheProblemOfALineToItself() {
        byte[] lines = (ECHO + "\r\n\r\n" + ECHO.replace("1", "\"\u00ff\"") + "\n" + echoWith("\"task\":\"x\"") + "\n"
                        + ECHO.replace("1", "\"\\u0000\"") + "\n[]\n" + ECHO)
                .getBytes(StandardCharsets.ISO_8859_1);

        Reply reply = client.post("/api/v1/jobs/bulk", lines, "Content-Type", NDJSON);

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.json().get("items").findValuesAsText("type"))
                .containsExactly(
                        "/problems/not-json", "/problems/duplicate-field", "/problems/invalid", "/problems/invalid");
        assertThat(reply.json().at("/items/5/id").isTextual()).isTrue();
    }

    @Test
    void keepsTheProblemOfAnElementToItself() {
        String elements =
                String.join(",", ECHO, "1", ECHO.replace("1", "\"\\ud800\""), echoWith("\"task\":\"x\""), "[[]]", ECHO);

        Reply reply = client.post("/api/v1/jobs/bulk", "{\"jobs\": [" + elements + "] }");

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.json().get("accepted").asInt()).isEqualTo(2);
        assertThat(reply.json().get("items").findValuesAsText("type"))
                .containsExactly(
                        "/problems/invalid", "/problems/invalid", "/problems/duplicate-field", "/problems/invalid");
    }

    static Stream<Bad> badBulks() {
        return Stream.of(
                new Bad("", 400, "not-json"),
                new Bad("{\"jobs\":[" + ECHO + "]", 400, "not-json"),
                new Bad("{\"jobs\":[" + ECHO + ",{\"a\"}]}", 400, "not-json"),
                new Bad("{\"jobs\":[" + ECHO + "]} x", 400, "not-json"),
                new Bad("{\"jobs\":[],\"jobs\":[]}", 400, "duplicate-field"),
                new Bad("{\"jobs\":[],\"atomic\":true}", 400, "unknown-field"),
                new Bad("{}", 422, "invalid"),
                new Bad("[]", 422, "invalid"),
                new Bad("{\"jobs\":null}", 422, "invalid"),
                new Bad("{\"jobs\":[" + "[".repeat(20_000) + "]".repeat(20_000) + "]}", 422, "invalid"),
                new Bad("{\"jobs\":[]}", 422, "invalid"));
    }

    @ParameterizedTest
    @MethodSource("badBulks")
    void refusesABulkCallAsAWhole(Bad bad) {
        Reply reply = client.post("/api/v1/jobs/bulk", bad.body());

        assertThat(reply.status()).isEqualTo(bad.status());
        assertThat(reply.problem()).isEqualTo(bad.problem());
    }

    private static String echoWith(String field) {
        return "{\"task\":\"demo.echo\",\"payload\":{\"value\":1}," + field + "}";
    }

    private static String texts(int count) {
        return IntStream.range(0, count).mapToObj(i -> "\"t" + i + "\"").collect(Collectors.joining(",", "[", "]"));
    }

    private static String textFields(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"k" + i + "\":\"v\"")
                .collect(Collectors.joining(",", "{", "}"));
    }
}
