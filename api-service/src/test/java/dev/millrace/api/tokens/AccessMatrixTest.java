package dev.millrace.api.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.api.ApiServers;
import dev.millrace.api.SwitchedOn;
import dev.millrace.api.catalog.control.PlayedProcess;
import dev.millrace.api.contract.Contract;
import dev.millrace.api.jobs.requeue.Stage;
import dev.millrace.api.jobs.submit.Client;
import dev.millrace.api.jobs.submit.Client.Reply;
import dev.millrace.api.outbox.Rows;
import dev.millrace.stream.control.MemberKind;
import dev.millrace.stream.redis.RedisLinks;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every operation of the contract, as every role of two tenants and with every credential that is none. */
@QuarkusTest
@WithTestResource(ApiServers.class)
@TestProfile(SwitchedOn.class)
class AccessMatrixTest {

    private static final List<String> ROLES = List.of("viewer", "submitter", "operator", "admin");
    private static final String JOB = "{\"task\":\"demo.echo\",\"queue\":\"other\",\"payload\":{\"value\":1}}";
    private static final String SCHEDULE = "{\"trigger\":{\"interval\":{\"every\":\"PT1H\"}},\"job\":" + JOB + "}";
    private static final Optional<String> NOTHING = Optional.empty();

    /**
     * How an operation is tried.
     *
     * @param path of something that the tenant has
     * @param ofOne whether it is about one thing, of which another tenant hears 404
     * @param ofAll whether it changes what all tenants share, which no role of a tenant but the installation's suffices for
     */
    private record Call(String least, String path, Optional<String> body, boolean ofOne, boolean ofAll) {

        static Call of(String least, String path) {
            return new Call(least, path, NOTHING, false, false);
        }

        static Call with(String least, String path, String body) {
            return new Call(least, path, Optional.of(body), false, false);
        }

        Call ofOneThing() {
            return new Call(least, path, body, true, false);
        }

        Call ofInstallation() {
            return new Call(least, path, body, false, true);
        }
    }

    @Inject
    Stage stage;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    /** Who is let in asks PostgreSQL. A hundred at once would wait too long for it where the machine is slow, and hear 503. */
    private final Semaphore room = new Semaphore(8);

    /** Of those who are not let in there may be more. */
    private final Semaphore crowd = new Semaphore(40);

    private Tenants tenants;
    private Client client;

    @Inject
    RedisLinks links;

    private PlayedProcess worker;
    private PlayedProcess scheduler;

    @AfterEach
    void theyLeave() {
        worker.close();
        scheduler.close();
    }

    @BeforeEach
    void thereAreTwoTenants() {
        stage.opened(port);
        client = new Client(port);
        Rows.change("delete from api.schedule");
        Rows.change("delete from api.token");
        Rows.change("delete from api.tenant where name <> 'default'");
        tenants = new Tenants(SwitchedOn.admin(port));
        worker = PlayedProcess.obedient(links, MemberKind.WORKER, "w1");
        scheduler = PlayedProcess.obedient(links, MemberKind.SCHEDULER, "s1");
    }

    private static Map<String, Call> calls(Tenant has) {
        String waiting = "/api/v1/jobs/" + has.waiting();
        String failed = "/api/v1/jobs/" + has.failed();
        String letter = "/api/v1/dead-letters/" + has.letter();
        String schedule = "/api/v1/schedules/" + has.schedule();
        Map<String, Call> calls = new LinkedHashMap<>();
        calls.put("POST /api/v1/jobs", Call.with("submitter", "/api/v1/jobs", JOB));
        calls.put("POST /api/v1/jobs/bulk", Call.with("submitter", "/api/v1/jobs/bulk", "{\"jobs\":[" + JOB + "]}"));
        calls.put("GET /api/v1/jobs", Call.of("viewer", "/api/v1/jobs"));
        calls.put("GET /api/v1/jobs/counts", Call.of("viewer", "/api/v1/jobs/counts"));
        calls.put("GET /api/v1/jobs/{id}", Call.of("viewer", waiting).ofOneThing());
        calls.put(
                "GET /api/v1/jobs/{id}/result",
                Call.of("viewer", waiting + "/result").ofOneThing());
        calls.put(
                "GET /api/v1/jobs/{id}/attempts",
                Call.of("viewer", failed + "/attempts").ofOneThing());
        calls.put(
                "GET /api/v1/jobs/{id}/children",
                Call.of("viewer", failed + "/children").ofOneThing());
        calls.put(
                "GET /api/v1/jobs/{id}/events",
                Call.of("viewer", waiting + "/events").ofOneThing());
        calls.put(
                "POST /api/v1/jobs/{id}/cancel",
                Call.of("submitter", waiting + "/cancel").ofOneThing());
        calls.put("GET /api/v1/events", Call.of("viewer", "/api/v1/events"));
        calls.put("GET /api/v1/dead-letters", Call.of("viewer", "/api/v1/dead-letters"));
        calls.put("GET /api/v1/dead-letters/groups", Call.of("viewer", "/api/v1/dead-letters/groups"));
        calls.put("GET /api/v1/dead-letters/{id}", Call.of("viewer", letter).ofOneThing());
        calls.put(
                "POST /api/v1/dead-letters/requeue",
                Call.with("operator", "/api/v1/dead-letters/requeue", "{\"limit\":10,\"dryRun\":true}"));
        calls.put(
                "POST /api/v1/dead-letters/resolve",
                Call.with("operator", "/api/v1/dead-letters/resolve", "{\"limit\":10,\"dryRun\":true}"));
        calls.put(
                "POST /api/v1/dead-letters/{id}/requeue",
                Call.of("operator", letter + "/requeue").ofOneThing());
        calls.put(
                "POST /api/v1/jobs/{id}/retry",
                Call.of("operator", failed + "/retry").ofOneThing());
        calls.put(
                "DELETE /api/v1/dead-letters/{id}", Call.of("operator", letter).ofOneThing());
        calls.put(
                "DELETE /api/v1/jobs/{id}",
                Call.of("operator", "/api/v1/jobs/" + has.live()).ofOneThing());
        calls.put(
                "POST /api/v1/bulk-actions",
                Call.with(
                        "operator",
                        "/api/v1/bulk-actions",
                        "{\"action\":\"cancel\",\"filter\":{\"queue\":\"none\"},\"dryRun\":true}"));
        calls.put("GET /api/v1/bulk-actions", Call.of("viewer", "/api/v1/bulk-actions"));
        calls.put(
                "GET /api/v1/bulk-actions/{id}",
                Call.of("viewer", "/api/v1/bulk-actions/" + has.bulkAction()).ofOneThing());
        calls.put(
                "POST /api/v1/bulk-actions/{id}/abort",
                Call.of("operator", "/api/v1/bulk-actions/" + has.bulkAction() + "/abort")
                        .ofOneThing());
        calls.put("GET /api/v1/schedules", Call.of("viewer", "/api/v1/schedules"));
        calls.put("GET /api/v1/schedules/{id}", Call.of("viewer", schedule).ofOneThing());
        calls.put(
                "GET /api/v1/schedules/{id}/preview",
                Call.of("viewer", schedule + "/preview").ofOneThing());
        calls.put(
                "GET /api/v1/schedules/{id}/fires",
                Call.of("viewer", schedule + "/fires").ofOneThing());
        calls.put("POST /api/v1/schedules/preview", Call.with("viewer", "/api/v1/schedules/preview", SCHEDULE));
        calls.put("POST /api/v1/schedules", Call.with("operator", "/api/v1/schedules", SCHEDULE));
        calls.put("PUT /api/v1/schedules/{id}", Call.with("operator", schedule, SCHEDULE));
        calls.put(
                "PATCH /api/v1/schedules/{id}",
                Call.with("operator", schedule, "{\"paused\":false}").ofOneThing());
        calls.put(
                "POST /api/v1/schedules/{id}/pause",
                Call.of("operator", schedule + "/pause").ofOneThing());
        calls.put(
                "POST /api/v1/schedules/{id}/resume",
                Call.of("operator", schedule + "/resume").ofOneThing());
        calls.put(
                "POST /api/v1/schedules/{id}/trigger",
                Call.of("operator", schedule + "/trigger").ofOneThing());
        calls.put("DELETE /api/v1/schedules/{id}", Call.of("operator", schedule).ofOneThing());
        String workflow = "/api/v1/workflows/" + has.workflow();
        String workflowBody = "{\"root\":{\"name\":\"a\",\"wait\":{\"for\":\"P1D\"}}}";
        calls.put("POST /api/v1/workflows", Call.with("submitter", "/api/v1/workflows", workflowBody));
        calls.put(
                "POST /api/v1/workflows/validate", Call.with("submitter", "/api/v1/workflows/validate", workflowBody));
        calls.put("GET /api/v1/workflows", Call.of("viewer", "/api/v1/workflows"));
        calls.put("GET /api/v1/workflows/counts", Call.of("viewer", "/api/v1/workflows/counts"));
        calls.put("GET /api/v1/workflows/{id}", Call.of("viewer", workflow).ofOneThing());
        for (String part : List.of("events", "graph", "nodes", "result", "signals")) {
            calls.put(
                    "GET /api/v1/workflows/{id}/" + part,
                    Call.of("viewer", workflow + "/" + part).ofOneThing());
        }
        calls.put(
                "GET /api/v1/workflows/{id}/nodes/{name}",
                Call.of("viewer", workflow + "/nodes/approve").ofOneThing());
        calls.put(
                "GET /api/v1/workflows/{id}/nodes/{name}/members",
                Call.of("viewer", workflow + "/nodes/approve/members").ofOneThing());
        calls.put(
                "POST /api/v1/workflows/{id}/signals/{name}",
                Call.with("submitter", workflow + "/signals/go", "true").ofOneThing());
        calls.put(
                "POST /api/v1/workflows/{id}/retry",
                Call.of("operator", workflow + "/retry").ofOneThing());
        calls.put(
                "POST /api/v1/workflows/{id}/cancel",
                Call.of("submitter", workflow + "/cancel").ofOneThing());
        String definition = "/api/v1/workflow-definitions/" + has.definition();
        calls.put("GET /api/v1/workflow-definitions", Call.of("viewer", "/api/v1/workflow-definitions"));
        calls.put(
                "PUT /api/v1/workflow-definitions/{name}",
                Call.with("operator", "/api/v1/workflow-definitions/new", workflowBody));
        calls.put(
                "GET /api/v1/workflow-definitions/{name}",
                Call.of("viewer", definition).ofOneThing());
        calls.put(
                "GET /api/v1/workflow-definitions/{name}/versions",
                Call.of("viewer", definition + "/versions").ofOneThing());
        calls.put(
                "DELETE /api/v1/workflow-definitions/{name}",
                Call.of("operator", definition).ofOneThing());
        calls.put("GET /api/v1/tasks", Call.of("viewer", "/api/v1/tasks"));
        calls.put("GET /api/v1/tasks/{name}", Call.of("viewer", "/api/v1/tasks/demo.echo"));
        calls.put(
                "POST /api/v1/tasks/{name}/jobs",
                Call.with("submitter", "/api/v1/tasks/demo.echo/jobs", "{\"value\":1}"));
        String queue = "/api/v1/queues/other";
        calls.put("GET /api/v1/queues", Call.of("viewer", "/api/v1/queues"));
        calls.put("GET /api/v1/queues/{name}", Call.of("viewer", queue));
        calls.put("GET /api/v1/queues/{name}/backlog", Call.of("viewer", queue + "/backlog"));
        calls.put(
                "PATCH /api/v1/queues/{name}",
                Call.with("operator", queue, "{\"priority\":5}").ofInstallation());
        calls.put(
                "POST /api/v1/queues/{name}/pause",
                Call.of("operator", queue + "/pause").ofInstallation());
        calls.put(
                "POST /api/v1/queues/{name}/resume",
                Call.of("operator", queue + "/resume").ofInstallation());
        calls.put(
                "POST /api/v1/queues/{name}/purge", Call.with("operator", queue + "/purge", "{\"confirm\":\"other\"}"));
        calls.put("GET /api/v1/workers", Call.of("viewer", "/api/v1/workers"));
        calls.put("GET /api/v1/workers/{id}", Call.of("viewer", "/api/v1/workers/w1"));
        calls.put("GET /api/v1/workers/{id}/jobs", Call.of("viewer", "/api/v1/workers/w1/jobs"));
        String worker = "/api/v1/workers/w1";
        Stream.of("ping", "drain", "resume", "shutdown")
                .forEach(command -> calls.put(
                        "POST /api/v1/workers/{id}/" + command,
                        Call.of("operator", worker + "/" + command).ofInstallation()));
        calls.put(
                "POST /api/v1/workers/{id}/pool",
                Call.with("operator", worker + "/pool", "{\"op\":\"set\",\"n\":2}")
                        .ofInstallation());
        calls.put(
                "PUT /api/v1/workers/{id}/queues/{queue}",
                Call.of("operator", worker + "/queues/other").ofInstallation());
        calls.put(
                "DELETE /api/v1/workers/{id}/queues/{queue}",
                Call.of("operator", worker + "/queues/other").ofInstallation());
        calls.put(
                "POST /api/v1/control",
                Call.with("operator", "/api/v1/control", "{\"command\":\"ping\",\"workers\":[\"w1\"]}")
                        .ofInstallation());
        calls.put("GET /api/v1/schedulers", Call.of("viewer", "/api/v1/schedulers"));
        calls.put(
                "POST /api/v1/schedulers/{id}/ping",
                Call.of("operator", "/api/v1/schedulers/s1/ping").ofInstallation());
        calls.put("GET /api/v1/health", Call.of("viewer", "/api/v1/health"));
        calls.put("GET /api/v1/diagnostics", Call.of("viewer", "/api/v1/diagnostics"));
        calls.put("GET /api/v1/stats", Call.of("viewer", "/api/v1/stats"));
        calls.put("GET /api/v1/stats/series", Call.of("viewer", "/api/v1/stats/series"));
        calls.put("GET /api/v1/audit", Call.of("admin", "/api/v1/audit"));
        calls.put("GET /api/v1/me", Call.of("viewer", "/api/v1/me"));
        calls.put("POST /api/v1/session", Call.of("viewer", "/api/v1/session"));
        calls.put("DELETE /api/v1/session", Call.of("viewer", "/api/v1/session"));
        calls.put("GET /api/v1/tenants", Call.of("admin", "/api/v1/tenants"));
        calls.put(
                "POST /api/v1/tenants",
                Call.with("admin", "/api/v1/tenants", "{\"name\":\"new\"}").ofInstallation());
        calls.put(
                "GET /api/v1/tenants/{name}",
                Call.of("admin", "/api/v1/tenants/" + has.name()).ofOneThing());
        calls.put(
                "PATCH /api/v1/tenants/{name}",
                Call.with("admin", "/api/v1/tenants/" + has.name(), "{}").ofInstallation());
        calls.put("GET /api/v1/tokens", Call.of("admin", "/api/v1/tokens"));
        calls.put("POST /api/v1/tokens", Call.with("admin", "/api/v1/tokens", "{\"name\":\"n\",\"role\":\"viewer\"}"));
        calls.put(
                "PATCH /api/v1/tokens/{id}",
                Call.with("admin", "/api/v1/tokens/" + has.slowed(), "{\"requestsPerSecond\":7}")
                        .ofOneThing());
        calls.put(
                "DELETE /api/v1/tokens/{id}",
                Call.of("admin", "/api/v1/tokens/" + has.victim()).ofOneThing());
        calls.put("GET /q/metrics", Call.of("viewer", "/q/metrics"));
        return calls;
    }

    @Test
    void hasARowOfEveryOperationThatIsNotOpenToEverybody() {
        List<String> documented = Contract.get().operations().stream()
                .filter(operation -> !operation.node().path("security").isEmpty())
                .map(operation -> operation.method() + " " + operation.template())
                .toList();

        assertThat(calls(tenants.one()).keySet()).containsExactlyInAnyOrderElementsOf(documented);
    }

    @Test
    void whatIsOpenAsksNobody() {
        Stream.of("/", "/problems", "/problems/forbidden", "/q/openapi", "/q/health/live", "/q/health/ready")
                .forEach(path ->
                        assertThat(client.call("GET", path).status()).as(path).isEqualTo(200));
    }

    @Test
    void nobodyIsLetInWithoutAGoodToken() {
        Map<String, CompletableFuture<Reply>> replies = new LinkedHashMap<>();
        calls(tenants.one())
                .forEach((operation, call) -> tenants.noCredentials()
                        .forEach((kind, header) ->
                                replies.put(operation + " " + kind, crowded(method(operation), call, header))));

        assertThat(replies).hasSizeGreaterThan(200).allSatisfy((what, reply) -> {
            assertThat(reply.join().status()).as(what).isEqualTo(401);
            assertThat(reply.join().problem()).as(what).isEqualTo("unauthenticated");
            assertThat(reply.join().header("WWW-Authenticate")).as(what).contains("Bearer", "Basic");
        });
    }

    @Test
    void aRoleThatDoesNotSufficeIsRefused() {
        Map<String, CompletableFuture<Reply>> replies = new LinkedHashMap<>();
        calls(tenants.one())
                .forEach((operation, call) -> ROLES.subList(0, ROLES.indexOf(call.least()))
                        .forEach(role -> replies.put(
                                operation + " " + role,
                                send(method(operation), call, tenants.bearer(tenants.one(), role)))));

        assertThat(replies).hasSizeGreaterThan(30).allSatisfy((what, reply) -> {
            assertThat(reply.join().status()).as(what).isEqualTo(403);
            assertThat(reply.join().problem()).as(what).isEqualTo("forbidden");
        });
        assertThat(Rows.count("api.job where state = 'SCHEDULED' and tenant = '"
                        + tenants.one().name() + "'"))
                .isEqualTo(2);
    }

    @Test
    void I29_anotherTenantHearsOfNothing() {
        Map<String, CompletableFuture<Reply>> ofOne = new LinkedHashMap<>();
        Map<String, CompletableFuture<Reply>> ofAll = new LinkedHashMap<>();
        calls(tenants.one())
                .forEach((operation, call) -> ROLES.subList(ROLES.indexOf(call.least()), ROLES.size())
                        .forEach(role -> {
                            if (call.ofAll()) {
                                return;
                            }
                            // By PUT the other tenant would make a schedule of its own that has the same id, and its
                            // audit repeats what it asked for.
                            if (!operation.startsWith("PUT ") && !operation.equals("GET /api/v1/audit")) {
                                (call.ofOne() ? ofOne : ofAll)
                                        .put(
                                                operation + " " + role,
                                                admitted(operation, call, tenants.bearer(tenants.other(), role)));
                            }
                        }));

        assertThat(ofOne)
                .hasSizeGreaterThan(40)
                .allSatisfy((what, reply) ->
                        assertThat(reply.join().status()).as(what).isEqualTo(404));
        assertThat(ofAll).hasSizeGreaterThan(30).allSatisfy((what, reply) -> {
            assertThat(reply.join().status()).as(what).isLessThan(300);
            tenants.one()
                    .traces()
                    .forEach(trace ->
                            assertThat(reply.join().http().body()).as(what).doesNotContain(trace));
        });
        assertThat(Rows.count(
                        "api.schedule_command where tenant = '" + tenants.one().name() + "'"))
                .isZero();
        assertThat(Rows.count("api.token where id = '" + tenants.one().victim() + "'"))
                .isEqualTo(1);
    }

    @Test
    void I29_theAuditTellsOfOnesOwnTenantAlone() {
        Call cancel = Objects.requireNonNull(calls(tenants.one()).get("POST /api/v1/jobs/{id}/cancel"));
        for (Tenant tenant : List.of(tenants.one(), tenants.other())) {
            send("POST", cancel, tenants.bearer(tenant, "submitter")).join();
        }

        for (Tenant tenant : List.of(tenants.one(), tenants.other())) {
            List<String> tokens = send("GET", Call.of("admin", "/api/v1/audit"), tenants.bearer(tenant, "admin"))
                    .join()
                    .json()
                    .path("items")
                    .findValuesAsText("token");
            assertThat(tokens)
                    .isNotEmpty()
                    .containsOnly(
                            tenants.bearer(tenant, "submitter").orElseThrow().split("_", -1)[1]);
        }
    }

    @Test
    void I29_aScheduleOfTheSameIdIsTheOtherTenantsOwn() {
        Call put = Call.with("operator", "/api/v1/schedules/" + tenants.one().schedule(), SCHEDULE);

        assertThat(send("PUT", put, tenants.bearer(tenants.other(), "operator"))
                        .join()
                        .status())
                .isEqualTo(202);

        assertThat(Rows.count(
                        "api.schedule_command where tenant = '" + tenants.one().name() + "'"))
                .isZero();
    }

    @Test
    void I29_whatAllTenantsShareIsChangedByTheInstallationAlone() {
        Optional<String> installation = Optional.of("Bearer " + SwitchedOn.ADMIN_TOKEN);
        calls(tenants.one()).forEach((operation, call) -> {
            if (call.ofAll()) {
                ROLES.forEach(role -> assertThat(send(method(operation), call, tenants.bearer(tenants.one(), role))
                                .join()
                                .status())
                        .as(operation + " " + role)
                        .isEqualTo(403));
                assertThat(send(method(operation), call, installation).join().status())
                        .as(operation)
                        .isLessThan(300);
            }
        });
    }

    @Test
    void everyRoleThatSufficesIsLetIn() {
        Map<String, CompletableFuture<Reply>> replies = new LinkedHashMap<>();
        calls(tenants.one())
                .forEach((operation, call) -> ROLES.subList(
                                call.ofAll() ? ROLES.size() : ROLES.indexOf(call.least()), ROLES.size())
                        .forEach(role -> replies.put(
                                operation + " " + role,
                                admitted(operation, call, tenants.bearer(tenants.one(), role)))));

        // What one role has ended, another cannot end again.
        assertThat(replies)
                .hasSizeGreaterThan(80)
                .allSatisfy((what, reply) -> assertThat(reply.join().status())
                        .as(what)
                        .matches(status -> status < 300 || isOver(what, status)));
    }

    /** What is deleted is not there for the next. */
    private static boolean isOver(String what, int status) {
        return status == (what.startsWith("DELETE /api/v1/workflow-definitions/") ? 404 : 409);
    }

    /** As those of a token, of which each test above tries all. */
    @Test
    void I29_whomTheIssuerVouchesForMayWhatATokenOfTheirRoleMay() {
        Map<String, CompletableFuture<Reply>> replies = new LinkedHashMap<>();
        Map<String, Integer> expected = new LinkedHashMap<>();
        calls(tenants.one())
                .forEach((operation, call) -> ROLES.forEach(role -> {
                    boolean suffices = ROLES.indexOf(role) >= ROLES.indexOf(call.least()) && !call.ofAll();
                    // It opens no sessions, and what is made by PUT is the other tenant's own.
                    if (operation.equals("POST /api/v1/session") || operation.startsWith("PUT ")) {
                        return;
                    }
                    expected.put("own " + operation + " " + role, suffices ? 200 : 403);
                    replies.put(
                            "own " + operation + " " + role,
                            admitted(operation, call, tenants.issued(tenants.one(), role)));
                    if (call.ofOne() && suffices) {
                        expected.put("other " + operation + " " + role, 404);
                        replies.put(
                                "other " + operation + " " + role,
                                admitted(operation, call, tenants.issued(tenants.other(), role)));
                    }
                }));

        assertThat(replies).hasSizeGreaterThan(250).allSatisfy((what, reply) -> {
            int status = reply.join().status();
            boolean over = what.startsWith("own ") && isOver(what.substring("own ".length()), status);
            assertThat(status < 300 || over ? 200 : status).as(what).isEqualTo(expected.get(what));
        });
    }

    /** A stream that lets the caller in would go on; its HEAD is asked the same. */
    private CompletableFuture<Reply> admitted(String operation, Call call, Optional<String> header) {
        room.acquireUninterruptibly();
        CompletableFuture<Reply> reply = send(operation.contains("/events") ? "HEAD" : method(operation), call, header);
        CompletableFuture<Reply> unused = reply.whenComplete((answer, failure) -> room.release());
        return reply;
    }

    /** Who shows a token that nobody knows is kept waiting for a second, and PostgreSQL is asked for it. */
    private CompletableFuture<Reply> crowded(String method, Call call, Optional<String> header) {
        crowd.acquireUninterruptibly();
        CompletableFuture<Reply> reply = send(method, call, header);
        CompletableFuture<Reply> unused = reply.whenComplete((answer, failure) -> crowd.release());
        return reply;
    }

    private CompletableFuture<Reply> send(String method, Call call, Optional<String> header) {
        return header.map(shown -> client.later(method, call.path(), call.body(), "Authorization", shown))
                .orElseGet(() -> client.later(method, call.path(), call.body()));
    }

    private static String method(String operation) {
        return operation.substring(0, operation.indexOf(' '));
    }
}
