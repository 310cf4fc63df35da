package dev.millrace.api.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.contract.Contract;
import dev.millrace.api.contract.Operation;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Makes requests that are wrong in some way, from what the contract describes. The same seed makes the same requests. */
final class HostileRequests {

    private static final String JOBS = "/api/v1/jobs";
    private static final String BULK = "/api/v1/jobs/bulk";
    private static final String LETTERS = "/api/v1/dead-letters";
    private static final String SCHEDULES = "/api/v1/schedules";
    private static final String PLAN = "{\"trigger\":{\"interval\":{\"every\":\"PT1H\"}}}";
    private static final String JSON = "Content-Type: application/json";
    private static final String LINES = "Content-Type: application/x-ndjson";
    private static final byte[] NOTHING = {};
    private static final String UNKNOWN_JOB = "7f000000-0000-0000-0000-000000000000";
    private static final String ECHO = "{\"task\":\"demo.echo\",\"payload\":{\"value\":1}}";

    private final RandomGenerator random;
    private final Contract contract = Contract.get();
    private final List<Operation> operations = contract.operations().stream()
            .filter(operation -> operation.template().startsWith("/api/v1"))
            .toList();
    private final List<Operation> reads = operations.stream()
            .filter(operation -> operation.method().equals("GET"))
            .toList();
    private final JsonNode fields = contract.document().at("/components/schemas/JobRequest/properties");

    HostileRequests(RandomGenerator random) {
        this.random = random;
    }

    HostileRequest next() {
        return switch (random.nextInt(12)) {
            case 0 -> query();
            case 1 -> unknownQuery();
            case 2 -> unknownThing();
            case 3 -> address();
            case 4 -> method();
            case 5 -> mediaType();
            case 6 -> field();
            case 7 -> value();
            case 8 -> mutation();
            case 9 -> requeue();
            case 10 -> schedule();
            default -> header();
        };
    }

    private HostileRequest query() {
        Operation operation = any(reads);
        List<JsonNode> parameters = operation.parameters().stream()
                .filter(parameter -> parameter.path("in").asText().equals("query"))
                .filter(parameter -> !bad(parameter).isEmpty())
                .toList();
        if (parameters.isEmpty()) {
            return unknownQuery();
        }
        JsonNode parameter = any(parameters);
        String name = parameter.get("name").asText();
        String example = parameter.get("example").asText();
        String query = random.nextInt(5) == 0
                ? name + "=" + example + "&" + name + "=" + example
                : name + "=" + any(bad(parameter));
        return get("query", path(operation) + "?" + query, List.of(), 400);
    }

    private List<String> bad(JsonNode parameter) {
        boolean anything = parameter.get("name").asText().equals("wait");
        List<String> bad = BadValues.query(contract.resolved(parameter.get("schema")));
        // Its upper bound is that of a number that is read at all.
        return anything
                ? bad.stream().filter(text -> !text.equals("2147483647")).toList()
                : bad;
    }

    private HostileRequest unknownQuery() {
        Operation operation = any(reads);
        String name = any(
                List.of("x", "Limit", "state%00", "%3Cscript%3E", "limit[]", "", "a.b", "%F0%9F%98%80", "__proto__"));
        return get("query", path(operation) + "?" + name + "=" + text(), List.of(), 400);
    }

    private HostileRequest unknownThing() {
        String id = any(List.of(
                UNKNOWN_JOB,
                UNKNOWN_JOB + "0",
                UNKNOWN_JOB.replace('7', 'g'),
                "%00",
                "null",
                "-1",
                "1%20or%201=1",
                "a%2Fb",
                "%ED%A0%80",
                "%2e%2e%2fetc%2fpasswd",
                "a".repeat(200),
                text()));
        String path = any(List.of(
                "/jobs/%s",
                "/jobs/%s/result",
                "/jobs/%s/events",
                "/tasks/%s",
                "/dead-letters/%s",
                "/schedules/%s",
                "/schedules/%s/fires",
                "/schedules/%s/preview",
                "/%s",
                "/jobs/%s/x"));
        return get("unknown", "/api/v1" + path.formatted(id), List.of(), 404);
    }

    private HostileRequest address() {
        return switch (random.nextInt(4)) {
            case 0 -> HostileRequest.noUri(JOBS + "/" + any(List.of("%", "%z", "%zz", "%4", "%%41")));
            case 1 -> HostileRequest.noUri(JOBS + "?state=" + any(List.of("%", "%zz", "%4g", "QUEUED%")));
            case 2 -> get("address", "/" + "a".repeat(random.nextInt(8_193, 30_000)), List.of(), 414);
            default -> get("address", "/" + text() + "/" + text(), List.of(), 404);
        };
    }

    private HostileRequest method() {
        Operation operation = any(operations.stream()
                .filter(one ->
                        !one.template().endsWith("/preview") || one.template().contains("{"))
                .toList());
        List<String> known = operations.stream()
                .filter(other -> other.template().equals(operation.template()))
                .map(Operation::method)
                .toList();
        String method = any(Stream.of("PUT", "PATCH", "TRACE", "PROPFIND", "get", "X-" + text())
                .filter(other -> !known.contains(other))
                .toList());
        return HostileRequest.of("method", method, path(operation), List.of(), NOTHING, 405);
    }

    private HostileRequest mediaType() {
        return switch (random.nextInt(4)) {
            case 0 ->
                post(
                        "media type",
                        any(List.of(JOBS, BULK)),
                        any(List.of(
                                "Content-Type: text/plain",
                                "Content-Type: application/xml",
                                "Content-Type: application/yaml",
                                "Content-Type: multipart/form-data; boundary=x",
                                "Content-Type: application/x-www-form-urlencoded",
                                "Content-Type: application/x-java-serialized-object",
                                "Content-Type: garbage",
                                "Content-Type: \"",
                                "Content-Type: application/json; charset=\"",
                                "Content-Type: application/json; =",
                                "Content-Type: a/b/c")),
                        ECHO,
                        415);
            case 1 ->
                HostileRequest.of(
                        "media type",
                        "POST",
                        any(List.of(JOBS, BULK)),
                        List.of(JSON, "Content-Encoding: " + any(List.of("gzip", "br", "deflate", "x", "gzip, gzip"))),
                        bytes(40),
                        415);
            case 2 ->
                HostileRequest.of(
                        "media type",
                        "POST",
                        any(List.of(JOBS, BULK)),
                        List.of(
                                JSON,
                                "Accept: " + any(List.of("\"", ";", ";;;q=x", "a", "*/json", "application/json;q=\""))),
                        latin(ECHO),
                        202,
                        400,
                        406,
                        422);
            default ->
                get(
                        "media type",
                        path(any(reads)),
                        List.of("Accept: " + any(List.of("text/html", "image/png", "application/xml", "x/y;q=1"))),
                        406);
        };
    }

    private HostileRequest field() {
        return switch (random.nextInt(5)) {
            case 0 -> job("field", "{\"task\":\"demo.echo\"}", 422);
            case 1 -> job("field", with("\"" + unknownField() + "\":" + any(List.of("1", "null", "{}"))), 400);
            case 2 -> job("field", with("\"payload\":{\"value\":2}"), 400);
            case 3 ->
                job(
                        "field",
                        with(any(List.of(
                                "\"delay\":\"1s\"", "\"retry\":{\"maxAttempts\":0}", "\"unique\":1", "\"ttl\":0"))),
                        422);
            default -> wrongField();
        };
    }

    private HostileRequest wrongField() {
        Map.Entry<String, JsonNode> field = any(List.copyOf(fields.properties()));
        if (field.getKey().equals("payload")) {
            return job(
                    "field",
                    "{\"task\":\"demo.echo\",\"payload\":" + any(List.of("null", "1", "[]", "{}", "\"x\"")) + "}",
                    422);
        }
        String bad = any(BadValues.json(contract.resolved(field.getValue())));
        return field.getKey().equals("task")
                ? job("field", "{\"payload\":{\"value\":1},\"task\":" + bad + "}", 422)
                : job("field", with("\"" + field.getKey() + "\":" + bad), 422);
    }

    private String unknownField() {
        return any(List.of(
                "@class", "@type", "__proto__", "Task", "tenant", "state", "<script>", "a/b~c", "\\u00e9", "", text()));
    }

    /** Of what does not exist, so that a body to which nothing can be objected is answered with 404. */
    private HostileRequest requeue() {
        String one = any(List.of(JOBS + "/" + UNKNOWN_JOB + "/retry", LETTERS + "/" + UNKNOWN_JOB + "/requeue"));
        return switch (random.nextInt(5)) {
            case 0 -> post("requeue", one, JSON, any(List.of("{}", "{\"payload\":null}", "{\"queue\":null}")), 404);
            case 1 ->
                post(
                        "requeue",
                        any(List.of(one, LETTERS + "/requeue")),
                        JSON,
                        any(List.of("{", "nil", "{\"x\":1}", "{\"queue\":\"a\",\"queue\":\"b\"}", "{\"tenant\":1}")),
                        400);
            case 2 ->
                post(
                        "requeue",
                        one,
                        JSON,
                        any(List.of(
                                "[]",
                                "1",
                                "{\"queue\":1}",
                                "{\"queue\":\"a b\"}",
                                "{\"payload\":" + nested("[", "]") + "}")),
                        422);
            case 3 ->
                post(
                        "requeue",
                        LETTERS + "/requeue",
                        JSON,
                        any(List.of(
                                "{}",
                                "{\"limit\":0}",
                                "{\"limit\":10001}",
                                "{\"limit\":1e9}",
                                "{\"limit\":\"1\"}",
                                "{\"limit\":1,\"task\":\"\"}",
                                "{\"limit\":1,\"errorType\":[]}",
                                "{\"limit\":1,\"dryRun\":0}")),
                        422);
            default -> HostileRequest.of("requeue", "DELETE", LETTERS + "/" + UNKNOWN_JOB, List.of(), NOTHING, 404);
        };
    }

    /** None of them is a schedule, so that none is made; what need not be one is looked at only. */
    private HostileRequest schedule() {
        String one = SCHEDULES + "/" + UNKNOWN_JOB;
        return switch (random.nextInt(6)) {
            case 0 ->
                HostileRequest.of(
                        "schedule",
                        "POST",
                        any(List.of(SCHEDULES, SCHEDULES + "/preview")),
                        List.of(JSON),
                        bytes(60),
                        400);
            case 1 -> post("schedule", SCHEDULES, JSON, "{" + badPlan() + ",\"job\":" + ECHO + "}", 400, 422);
            case 2 -> post("schedule", SCHEDULES + "/preview", JSON, "{" + badPlan() + "}", 400, 422);
            case 3 ->
                HostileRequest.of(
                        "schedule",
                        "PUT",
                        any(List.of(one, SCHEDULES + "/" + text())),
                        List.of(JSON, "If-Match: " + garbage()),
                        latin("{\"trigger\":{\"interval\":{\"every\":\"PT1H\"}},\"job\":{\"task\":\"zz\"}}"),
                        400,
                        412,
                        422);
            case 4 ->
                HostileRequest.of(
                        "schedule",
                        any(List.of("PATCH", "DELETE")),
                        one,
                        List.of(JSON),
                        latin(any(List.of("{}", "{\"paused\":true}"))),
                        404);
            default ->
                HostileRequest.of(
                        "schedule", "POST", SCHEDULES + "/preview", List.of(JSON), mutated(latin(PLAN)), 200, 400, 422);
        };
    }

    private String badPlan() {
        return any(List.of(
                "\"trigger\":" + any(List.of("null", "1", "[]", "{}", "{\"cron\":1}", "{\"cron\":{}}", "{\"x\":{}}")),
                "\"trigger\":{\"cron\":{\"expression\":\""
                        + any(List.of("", "* * * *", "99 * * * *", "*/0 * * * *", "* ".repeat(5_000), "@x"))
                        + "\"}}",
                "\"trigger\":{\"cron\":{\"expression\":\"* * * * *\",\"timezone\":\"../../etc/passwd\"}}",
                "\"trigger\":{\"interval\":{\"every\":\"" + any(List.of("PT0S", "-PT1S", "P99999999999D", "1h"))
                        + "\"}}",
                "\"trigger\":{\"solar\":{\"event\":\"noon\",\"latitude\":"
                        + any(List.of("1e400", "-91", "\"1\"", "1e999999"))
                        + ",\"longitude\":1}}",
                "\"trigger\":{\"once\":{\"at\":\""
                        + any(List.of("+999999999-12-31T23:59:59Z", "2026-13-01T00:00:00Z", "x")) + "\"}}",
                PLAN.substring(1, PLAN.length() - 1) + ","
                        + any(List.of(
                                "\"misfire\":{}",
                                "\"misfire\":{\"fireAll\":{\"max\":1e9}}",
                                "\"overlap\":\"maybe\"",
                                "\"endAt\":\"1969-01-01T00:00:00Z\"",
                                "\"catchUpWindow\":\"PT1S\"",
                                "\"misfireGrace\":-1",
                                "\"@class\":\"java.lang.Runtime\""))));
    }

    /** As a job, as an element, or as a line: there it is that item's own problem. */
    private HostileRequest job(String kind, String job, int status) {
        return switch (random.nextInt(4)) {
            case 0 -> post(kind, BULK, JSON, "{\"jobs\":[" + ECHO + "," + job + "]}", 202);
            case 1 -> post(kind, BULK, LINES, ECHO + "\n" + job, 202);
            default -> post(kind, JOBS, JSON, job, status);
        };
    }

    private HostileRequest value() {
        return switch (random.nextInt(3)) {
            case 0 -> noJson();
            case 1 ->
                job(
                        "value",
                        echo(any(List.of(
                                "1e401",
                                "-1e401",
                                "1e-401",
                                "1e99999999999",
                                "9".repeat(101),
                                "0." + "0".repeat(600) + "1",
                                "\"\\u0000\"",
                                "\"\\ud800\"",
                                "\"\\udc00x\"",
                                "{\"\\u0000\":1}",
                                nested("[", "]"),
                                nested("{\"a\":", "}")))),
                        422);
            default ->
                post("value", JOBS, JSON, echo("\"" + "x".repeat(random.nextInt(270_000, 2_000_000)) + "\""), 413);
        };
    }

    /** As a line it is that line's problem; within a list it spoils the whole. */
    private HostileRequest noJson() {
        String job = echo(any(List.of(
                "NaN",
                "Infinity",
                "01",
                "+1",
                ".5",
                "1.",
                "0x1",
                "'x'",
                "1 /* */",
                "[1,]",
                "{1:2}",
                "\"\t\"",
                "\"\\x\"",
                "\"\u0080\u00c0\"",
                "tru",
                "",
                "\"")));
        return switch (random.nextInt(3)) {
            case 0 -> post("value", BULK, JSON, "{\"jobs\":[" + job + "]}", 400);
            case 1 -> post("value", BULK, LINES, job, 202);
            default -> post("value", JOBS, JSON, job, 400);
        };
    }

    private String nested(String open, String close) {
        int depth = random.nextInt(63, 900);
        return open.repeat(depth) + "1" + close.repeat(depth);
    }

    private HostileRequest mutation() {
        boolean bulk = random.nextBoolean();
        byte[] body = (bulk ? "{\"jobs\":[" + ECHO + "," + ECHO + "]}" : with("\"tags\":[\"a\"],\"priority\":3"))
                .getBytes(StandardCharsets.UTF_8);
        for (int i = random.nextInt(1, 5); i > 0; i--) {
            body = mutated(body);
        }
        return HostileRequest.of("mutation", "POST", bulk ? BULK : JOBS, List.of(JSON), body, 202, 400, 422);
    }

    private byte[] mutated(byte[] body) {
        int at = random.nextInt(body.length);
        byte[] head = Arrays.copyOf(body, at);
        byte[] tail = Arrays.copyOfRange(body, at, body.length);
        return switch (random.nextInt(4)) {
            case 0 -> flipped(body, at);
            case 1 -> joined(head, bytes(random.nextInt(1, 4)), tail);
            case 2 -> joined(head, tail, tail);
            default -> head.length == 0 ? flipped(body, at) : head;
        };
    }

    private byte[] flipped(byte[] body, int at) {
        byte[] flipped = body.clone();
        flipped[at] ^= (byte) (1 << random.nextInt(8));
        return flipped;
    }

    private HostileRequest header() {
        return switch (random.nextInt(6)) {
            case 0 ->
                submit(
                        List.of("Idempotency-Key: "
                                + any(List.of("k".repeat(256), "k".repeat(5_000), "\u00c3\u00a9", "a\tb", "a\u0080"))),
                        400);
            case 1 -> submit(List.of("Idempotency-Key: a", "Idempotency-Key: " + text()), 400);
            case 2 -> get("header", JOBS, List.of("X-Long: " + "x".repeat(random.nextInt(16 << 10, 40 << 10))), 431);
            case 3 ->
                get(
                        "header",
                        JOBS,
                        IntStream.range(0, 1_500)
                                .mapToObj(i -> "X-Many-" + i + ": y")
                                .toList(),
                        431);
            case 4 -> get("header", JOBS + "/" + UNKNOWN_JOB + "/events", List.of("Last-Event-ID: " + garbage()), 404);
            default ->
                get(
                        "header",
                        JOBS + "/" + UNKNOWN_JOB,
                        List.of(
                                "If-None-Match: " + garbage(),
                                "traceparent: " + garbage(),
                                "Prefer: wait=" + garbage(),
                                "Cookie: " + garbage()),
                        404);
        };
    }

    private HostileRequest submit(List<String> headers, int status) {
        return HostileRequest.of(
                "header",
                "POST",
                any(List.of(JOBS, BULK)),
                IntStream.rangeClosed(0, headers.size())
                        .mapToObj(i -> i == 0 ? JSON : headers.get(i - 1))
                        .toList(),
                "{\"jobs\":[]}".getBytes(StandardCharsets.UTF_8),
                status);
    }

    private String garbage() {
        return any(List.of(
                "",
                ";;=;",
                "\u00ff\u00fe",
                "9".repeat(300),
                "-1",
                "0-0-0",
                "99999999999999999999-0",
                "\"",
                "<script>",
                text()));
    }

    private static HostileRequest get(String kind, String target, List<String> headers, int status) {
        return HostileRequest.of(kind, "GET", target, headers, NOTHING, status);
    }

    private static HostileRequest post(String kind, String target, String type, String body, Integer... statuses) {
        return HostileRequest.of(kind, "POST", target, List.of(type), latin(body), statuses);
    }

    private static String with(String field) {
        return ECHO.substring(0, ECHO.length() - 1) + "," + field + "}";
    }

    private static String echo(String value) {
        return "{\"task\":\"demo.echo\",\"payload\":{\"value\":" + value + "}}";
    }

    private static String path(Operation operation) {
        return operation
                .template()
                .replace("{id}", UNKNOWN_JOB)
                .replace("{name}", "demo.echo")
                .replace("{queue}", "other");
    }

    /** Bodies with characters beyond ASCII are to be what UTF-8 is not. */
    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] joined(byte[]... parts) {
        byte[] all = {};
        for (byte[] part : parts) {
            int end = all.length;
            all = Arrays.copyOf(all, end + part.length);
            System.arraycopy(part, 0, all, end, part.length);
        }
        return all;
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Letters, so that it is nothing that is known. */
    private String text() {
        return "zz" + new UUID(0, random.nextLong()).toString().substring(19);
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
