package dev.millrace.api.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.ApiServers;
import dev.millrace.api.catalog.tasks.FleetEntry;
import dev.millrace.api.catalog.tasks.TaskCatalog;
import dev.millrace.api.catalog.workers.DeclaredWorkflows;
import dev.millrace.api.jobs.requeue.Stage;
import dev.millrace.api.jobs.submit.Client;
import dev.millrace.api.jobs.submit.Client.Reply;
import dev.millrace.api.outbox.Rows;
import dev.millrace.fleet.WorkerEvent.Joined;
import dev.millrace.fleet.WorkerEvent.Mode;
import dev.millrace.fleet.WorkerEvent.WorkflowOffered;
import dev.millrace.job.EntryId;
import dev.millrace.job.QueueName;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Definitions of workflows over HTTP. */
@QuarkusTest
@WithTestResource(ApiServers.class)
class DefinitionsTest {

    private static final String DEFINITIONS = "/api/v1/workflow-definitions";
    private static final String WAIT = "{'root':{'wait':{'for':'PT%dH'}}}";

    @Inject
    Stage stage;

    @Inject
    TaskCatalog catalog;

    @Inject
    DeclaredWorkflows workflows;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private Client client;

    @BeforeEach
    void openStage() {
        client = stage.opened(port);
        Rows.change("delete from api.workflow");
        Rows.change("delete from api.flow_definition");
        Rows.change("delete from api.worker where id like 'code-%'");
        Rows.change("delete from api.idempotency");
    }

    private Reply put(String name, String body, String... headers) {
        return client.send("PUT", DEFINITIONS + "/" + name, body.replace('\'', '"'), headers);
    }

    private Reply start(String body) {
        return client.post("/api/v1/workflows", body.replace('\'', '"'));
    }

    private JsonNode get(String path) {
        Reply reply = client.call("GET", DEFINITIONS + path);
        assertThat(reply.status()).as(reply.http().body()).isEqualTo(200);
        return reply.json();
    }

    private static List<String> values(JsonNode list, String field) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(one -> one.get(field).asText())
                .toList();
    }

    @Test
    void W21_aWorkflowKeepsTheVersionWithWhichItBegan() {
        put("report", WAIT.formatted(1));
        String first = start("{'definition':'report'}").json().get("id").asText();

        Reply changed = put("report", WAIT.formatted(2));
        assertThat(changed.status()).isEqualTo(201);
        assertThat(changed.json().get("version").asInt()).isEqualTo(2);
        assertThat(changed.header("ETag")).isEqualTo("\"2\"");

        JsonNode begun = client.call("GET", "/api/v1/workflows/" + first).json();
        assertThat(begun.get("definition")).hasToString("{\"name\":\"report\",\"version\":1}");
        assertThat(begun.get("name").asText()).isEqualTo("report");
        JsonNode later = start("{'definition':'report','name':'mine'}").json();
        assertThat(later.at("/definition/version").asInt()).isEqualTo(2);
        assertThat(later.get("name").asText()).isEqualTo("mine");
        JsonNode pinned = start("{'definition':'report','version':1}").json();
        assertThat(pinned.at("/definition/version").asInt()).isEqualTo(1);
        assertThat(values(
                        client.call("GET", "/api/v1/workflows?definition=report")
                                .json()
                                .get("items"),
                        "id"))
                .contains(first)
                .hasSize(3);
    }

    @Test
    void aPutOfWhatIsCurrentMakesNothingNew() {
        assertThat(put("a", "{'description':'x','root':{'group':[]},'output':null}")
                        .status())
                .isEqualTo(201);

        Reply again = put("a", "{'root':{'group':[]},'description':'x'}");

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().get("version").asInt()).isEqualTo(1);
        assertThat(Rows.count("api.flow_definition")).isEqualTo(1);
    }

    @Test
    void anEarlierVersionIsPutAgainAsTheNextOne() {
        put("a", "{'root':{'group':[]}}");
        put("a", WAIT.formatted(2));
        JsonNode first = get("/a?version=1");
        assertThat(first.get("current").asBoolean()).isFalse();

        Reply back = put("a", "{'root':" + first.get("root") + "}");

        assertThat(back.json().get("version").asInt()).isEqualTo(3);
        assertThat(get("/a").get("root")).isEqualTo(first.get("root"));
        assertThat(values(get("/a/versions").get("items"), "version")).containsExactly("3", "2", "1");
        JsonNode page = get("/a/versions?limit=2");
        assertThat(get("/a/versions?limit=2&cursor=" + page.get("nextCursor").asText())
                        .get("items"))
                .hasSize(1);
    }

    @Test
    void whatManyPutAtOnceIsOneVersionAfterTheOther() {
        List<Integer> statuses = IntStream.rangeClosed(1, 12)
                .parallel()
                .mapToObj(hours -> put("a", WAIT.formatted(hours)).status())
                .toList();

        long made = statuses.stream().filter(status -> status == 201).count();
        assertThat(statuses).allMatch(status -> status == 201 || status == 409);
        assertThat(made).isPositive();
        assertThat(Rows.count("api.flow_definition")).isEqualTo(made);
        assertThat(Rows.count("api.flow_definition where superseded_at is null"))
                .isEqualTo(1);
        assertThat(get("/a").get("version").asLong()).isEqualTo(made);
    }

    @Test
    void nothingStartsWithWhatIsDeletedAndItsNumbersAreNotGivenAgain() {
        put("a", WAIT.formatted(1));
        String begun = start("{'definition':'a'}").json().get("id").asText();

        assertThat(client.call("DELETE", DEFINITIONS + "/a").status()).isEqualTo(204);

        assertThat(client.call("DELETE", DEFINITIONS + "/a").problem()).isEqualTo("not-found");
        assertThat(start("{'definition':'a'}").problem()).isEqualTo("unknown-workflow");
        assertThat(start("{'definition':'a','version':1}").problem()).isEqualTo("unknown-workflow");
        assertThat(client.call("GET", DEFINITIONS + "/a").problem()).isEqualTo("not-found");
        assertThat(client.call("GET", DEFINITIONS + "/a/versions").problem()).isEqualTo("not-found");
        assertThat(get("").get("items")).isEmpty();
        assertThat(client.call("GET", "/api/v1/workflows/" + begun)
                        .json()
                        .get("state")
                        .asText())
                .isEqualTo("WAITING");
        assertThat(put("a", WAIT.formatted(1)).json().get("version").asInt()).isEqualTo(2);
    }

    @Test
    void aChangeMayInsistOnAVersion() {
        put("a", WAIT.formatted(1));

        assertThat(put("a", WAIT.formatted(2), "If-Match", "\"7\"").problem()).isEqualTo("stale");
        assertThat(put("none", WAIT.formatted(2), "If-Match", "*").problem()).isEqualTo("stale");
        assertThat(put("a", WAIT.formatted(2), "If-Match", "\"1\"").status()).isEqualTo(201);
        assertThat(client.call("DELETE", DEFINITIONS + "/a", "If-Match", "\"1\"")
                        .problem())
                .isEqualTo("stale");
        assertThat(Rows.count("api.flow_definition")).isEqualTo(2);
    }

    @Test
    void aStartHasItsOwnTimePriorityAndTagsOrThoseOfTheDefinition() {
        put("a", "{'root':{'wait':{'for':'PT1H'}},'timeout':'PT10H','priority':9,'tags':['d']}");

        JsonNode inherited = start("{'definition':'a'}").json();
        JsonNode own = start("{'definition':'a','timeout':'PT1M','priority':2,'tags':[]}")
                .json();

        assertThat(inherited.get("priority").asInt()).isEqualTo(9);
        assertThat(inherited.get("tags")).hasToString("[\"d\"]");
        assertThat(inherited.get("deadlineAt").isNull()).isFalse();
        assertThat(own.get("priority").asInt()).isEqualTo(2);
        assertThat(own.get("tags")).isEmpty();
        assertThat(own.get("deadlineAt").asText())
                .isLessThan(inherited.get("deadlineAt").asText());
    }

    @Test
    void listsThemByNameAndPage() {
        for (String name : List.of("c", "a", "b")) {
            put(name, WAIT.formatted(1));
        }
        put("a", WAIT.formatted(2));

        JsonNode page = get("?limit=2");
        assertThat(values(page.get("items"), "name")).containsExactly("a", "b");
        assertThat(values(page.get("items"), "version")).containsExactly("2", "1");
        JsonNode rest = get("?limit=2&cursor=" + page.get("nextCursor").asText());
        assertThat(values(rest.get("items"), "name")).containsExactly("c");
        assertThat(rest.get("nextCursor").isNull()).isTrue();
    }

    @Test
    void I3_whatWasStartedByItsNameIsStartedOnceUnderAnId() {
        put("a", WAIT.formatted(1));
        String id = "{'id':'0192f3c1-7f3e-7abc-8def-0123456789ab','definition':'a'}";
        start(id);
        put("a", WAIT.formatted(2));

        assertThat(start(id).json().at("/definition/version").asInt()).isEqualTo(1);
        assertThat(Rows.count("api.workflow")).isEqualTo(1);
    }

    private void declared(String worker, String name, int hours) {
        catalog.apply(List.of(new FleetEntry(
                new EntryId(1, 0),
                new Joined(
                        worker,
                        worker,
                        "host",
                        1,
                        "0.1.0",
                        Mode.JVM,
                        Instant.EPOCH,
                        Map.of(new QueueName("other"), 1)))));
        workflows.apply(List.of(new FleetEntry(
                new EntryId(2, 0),
                new WorkflowOffered(
                        worker, name, "Waits.", WAIT.formatted(hours).replace('\'', '"')))));
    }

    private JsonNode startedByName(String name) {
        return start("{'definition':'" + name + "'}").json().at("/definition/version");
    }

    @Test
    void aStartGetsTheHighestVersionThatALivingWorkerDeclares() {
        declared("code-1", "code", 1);
        declared("code-1", "code", 1);
        declared("code-2", "code", 2);
        assertThat(startedByName("code").asInt()).isEqualTo(2);
        assertThat(get("/code").get("source").asText()).isEqualTo("code");
        assertThat(get("/code?version=1").get("current").asBoolean()).isFalse();

        Rows.change("update api.worker set gone = true where id = 'code-2'");
        assertThat(startedByName("code").asInt()).isEqualTo(1);
        assertThat(get("/code?version=1").get("current").asBoolean()).isTrue();

        Rows.change("update api.worker set heard_at = now() - interval '61 seconds' where id = 'code-1'");
        assertThat(startedByName("code").asInt()).isEqualTo(2);
        declared("code-3", "code", 1);
        assertThat(startedByName("code").asInt()).isEqualTo(1);
        assertThat(Rows.count("api.flow_definition")).isEqualTo(2);
        assertThat(values(get("/code/versions").get("items"), "current")).containsExactly("false", "true");
    }

    @Test
    void aNameOfCodeIsNotPutAndWhatWasPutBeforeGoesFirst() {
        declared("code-4", "code", 1);

        assertThat(put("code", WAIT.formatted(5)).problem()).isEqualTo("conflict");
        assertThat(client.call("DELETE", DEFINITIONS + "/code").problem()).isEqualTo("conflict");

        put("mine", WAIT.formatted(7));
        declared("code-4", "mine", 8);
        assertThat(get("/mine").at("/root/wait/for").asText()).isEqualTo("PT7H");
        assertThat(values(get("").get("items"), "source")).containsExactly("code", "api");
        client.call("DELETE", DEFINITIONS + "/mine");
        assertThat(get("/mine").at("/root/wait/for").asText()).isEqualTo("PT8H");
    }

    @Test
    void aGraphThatCannotBeUsedIsPassedOver() {
        workflows.apply(List.of(
                new FleetEntry(new EntryId(1, 0), new WorkflowOffered("code-1", "broken", "", "[")),
                new FleetEntry(new EntryId(2, 0), new WorkflowOffered("code-1", "broken", "", "[]")),
                new FleetEntry(new EntryId(3, 0), new WorkflowOffered("code-1", "broken", "", "{\"root\":{\"x\":1}}")),
                new FleetEntry(
                        new EntryId(4, 0), new WorkflowOffered("code-1", "broken", "", "{\"input\":1,\"root\":{}}"))));

        assertThat(Rows.count("api.flow_definition")).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                      | 422 | graph-invalid   | /root
            {'root':{'task':'demo.none','payload':{}}}              | 422 | unknown-task    | /root/task
            {'root':{'group':[]},'input':1}                         | 400 | unknown-field   | /input
            {'root':{'group':[]},'inputSchema':'none'}              | 422 | invalid         | /inputSchema
            {'root':{'group':[]},'timeout':'soon'}                  | 422 | invalid         | /timeout
            {'root':{'group':[]},'priority':11}                     | 422 | invalid         | /priority
            {'root':{'group':[]},'description':1}                   | 422 | invalid         | /description
            {'root':{'task':'demo.echo','payload':{'no':1}}}        | 422 | payload-invalid | /root/payload
            """)
    void keepsNothingThatCouldNotRun(String body, int status, String type, String pointer) {
        Reply reply = put("a", body);

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.problem()).isEqualTo(type);
        assertThat(reply.json().at("/errors/0/pointer").asText()).startsWith(pointer);
        assertThat(Rows.count("api.flow_definition")).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'definition':'none'}                             | unknown-workflow | /definition
            {'definition':'a','version':2,'input':{'n':1}}    | unknown-workflow | /version
            {'definition':'a','version':0}                    | invalid          | /version
            {'definition':'a b'}                              | invalid          | /definition
            {'definition':7}                                  | invalid          | /definition
            {'definition':'a','root':{'group':[]}}            | invalid          | /root
            {'version':1,'root':{'group':[]}}                 | invalid          | /version
            {'definition':'a','input':{'n':'x'}}              | payload-invalid  | /input/n
            {'definition':'a'}                                | payload-invalid  | /input
            """)
    void startsNothingByANameThatItDoesNotKnowOrWithInputThatDoesNotFit(String body, String type, String pointer) {
        put(
                "a",
                "{'inputSchema':{'type':'object','required':['n'],'properties':{'n':{'type':'integer'}}},'root':{'group':[]}}");

        for (String path : List.of("/api/v1/workflows", "/api/v1/workflows/validate")) {
            Reply reply = client.post(path, body.replace('\'', '"'));
            assertThat(reply.problem()).isEqualTo(type);
            assertThat(reply.json().at("/errors/0/pointer").asText()).isEqualTo(pointer);
        }
        assertThat(Rows.count("api.workflow")).isZero();
    }

    @Test
    void aTaskThatIsGoneIsToldOfTheDefinition() {
        put("a", WAIT.formatted(1));
        Rows.change("insert into api.flow_spec (hash, body) values"
                + " ('\\x0e', '{\"root\":{\"task\":\"gone.task\",\"payload\":{}}}') on conflict do nothing");
        Rows.change("update api.flow_definition set spec = '\\x0e'");

        Reply reply = start("{'definition':'a'}");

        assertThat(reply.problem()).isEqualTo("unknown-task");
        assertThat(reply.json().at("/errors/0/pointer").asText()).isEqualTo("/definition");
        assertThat(reply.json().at("/errors/0/detail").asText()).startsWith("/root/task: ");
    }
}
