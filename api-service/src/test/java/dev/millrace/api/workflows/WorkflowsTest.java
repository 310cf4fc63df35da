package dev.millrace.api.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.ApiServers;
import dev.millrace.api.jobs.requeue.Stage;
import dev.millrace.api.jobs.submit.Client;
import dev.millrace.api.jobs.submit.Client.Reply;
import dev.millrace.api.outbox.Rows;
import dev.millrace.job.JobError;
import dev.millrace.job.JobPlace;
import dev.millrace.job.JobState;
import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.jobs.JobStreams;
import dev.millrace.stream.jobs.Settling.Finish;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Workflows over HTTP. No worker but the test itself takes their jobs. */
@QuarkusTest
@WithTestResource(ApiServers.class)
class WorkflowsTest {

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
        Rows.change("delete from api.workflow");
        Rows.change("delete from api.flow_mail");
        Rows.change("delete from api.idempotency");
    }

    private Reply start(String body, String... headers) {
        return client.post("/api/v1/workflows", quoted(body), headers);
    }

    private String started(String body) {
        Reply reply = start(body);
        assertThat(reply.status()).as(reply.http().body()).isEqualTo(202);
        return reply.json().get("id").asText();
    }

    private static String quoted(String json) {
        return json.replace('\'', '"');
    }

    private JsonNode get(String path) {
        Reply reply = client.call("GET", "/api/v1/workflows" + path);
        assertThat(reply.status()).as(reply.http().body()).isEqualTo(200);
        return reply.json();
    }

    private JsonNode awaited(String id, String state) {
        Rows.await(
                id + " is " + state, () -> get("/" + id).get("state").asText().equals(state));
        return get("/" + id);
    }

    private String nodeState(String id, String node) {
        return get("/" + id + "/nodes/" + node).get("state").asText();
    }

    private Delivery taken() {
        return stage.taken();
    }

    private void succeed(Delivery delivery, String result) {
        streams.finish(List.of(new Finish(delivery, JobState.SUCCEEDED, Duration.ofMillis(1), quoted(result), null)));
    }

    private void fail(Delivery delivery) {
        JobError error = new JobError("Boom", "it broke", "at line 1");
        streams.finish(List.of(new Finish(delivery, JobState.FAILED, Duration.ofMillis(1), null, error)));
    }

    private static String task(String name, String besides) {
        return "{'name':'%s','task':'demo.echo','queue':'other'%s}".formatted(name, besides);
    }

    @Test
    void W4_handsEachStepOfAChainWhatTheOneBeforeMade() {
        String id = started("{'name':'report','input':{'value':7},'priority':8,'tags':['vip'],'root':{'chain':["
                + task("first", ",'payload':{'value':{'$ref':'/input/value'}}") + ","
                + task("second", ",'payload':{'value':{'$text':'got {/prev/a}'}}") + "]}}");

        Delivery first = taken();
        assertThat(first.job().spec().payload()).isEqualTo("{\"value\":7}");
        succeed(first, "{'a':'A'}");
        Delivery second = taken();
        assertThat(second.job().spec().payload()).isEqualTo("{\"value\":\"got A\"}");
        assertThat(second.job().spec().place()).isEqualTo(new JobPlace(UUID.fromString(id), "second", 0));
        succeed(second, "{'b':2}");

        JsonNode ended = awaited(id, "SUCCEEDED");
        assertThat(ended.get("output")).hasToString("{\"b\":2}");
        assertThat(ended.get("counts"))
                .hasToString("{\"nodes\":2,\"settled\":2,\"members\":2,\"live\":0,\"succeeded\":2,\"failed\":0}");
        JsonNode job = client.call("GET", "/api/v1/jobs/" + second.job().id()).json();
        assertThat(job.get("workflowId").asText()).isEqualTo(id);
        assertThat(job.get("node").asText()).isEqualTo("second");
        assertThat(job.get("index").asInt()).isZero();
        assertThat(job.get("priority").asInt()).isEqualTo(8);
        assertThat(job.get("tags")).hasToString("[\"vip\"]");
    }

    @Test
    void W1_runsTheBodyOfAChordOnceAndBehindAllOfItsHeader() {
        String id = started(
                "{'root':{'chain':[{'name':'pages','tolerate':{'percent':50},'map':{'items':{'range':{'from':0,'to':4}},"
                        + "'window':3,'each':{'task':'demo.echo','queue':'other','payload':{'value':{'$ref':'/item'}}}}},"
                        + task(
                                "save",
                                ",'payload':{'value':{'$ref':'/steps/pages/result'},'bad':{'$ref':'/steps/pages/failures'}}")
                        + "]}}");

        for (int i = 0; i < 4; i++) {
            Delivery page = taken();
            String value = page.job().spec().payload().replaceAll("\\D", "");
            if (value.equals("2")) {
                fail(page);
            } else {
                succeed(page, "'page " + value + "'");
            }
        }
        Delivery save = taken();
        assertThat(save.job().spec().payload())
                .startsWith(
                        "{\"value\":[\"page 0\",\"page 1\",null,\"page 3\"],\"bad\":[{\"index\":2,\"state\":\"FAILED\"");
        succeed(save, "true");

        assertThat(awaited(id, "PARTIAL").get("output")).hasToString("true");
        JsonNode failed = get("/" + id + "/nodes/pages/members?state=FAILED").get("items");
        assertThat(failed).hasSize(1);
        assertThat(failed.get(0).get("index").asInt()).isEqualTo(2);
        assertThat(failed.get(0).at("/error/type").asText()).isEqualTo("Boom");
        JsonNode jobs = client.call("GET", "/api/v1/jobs?node=pages&workflowId=" + id)
                .json()
                .get("items");
        assertThat(jobs).hasSize(4);
        assertThat(client.call("GET", "/api/v1/jobs/counts?workflowId=" + id)
                        .json()
                        .get("SUCCEEDED")
                        .asInt())
                .isEqualTo(4);
        assertThat(Rows.count("api.flow_mail")).isZero();
    }

    @Test
    void anItemWhosePayloadDoesNotFitIsAMemberThatFailedAndTheOthersRun() {
        String id = started(
                "{'root':{'name':'m','tolerate':'all','map':{'items':[{'value':1},{'other':2}],'each':{'task':'demo.echo',"
                        + "'queue':'other','payload':{'$ref':'/item'}}}}}");
        succeed(taken(), "1");

        assertThat(awaited(id, "PARTIAL").get("output")).hasToString("[1,null]");
        JsonNode failed = get("/" + id + "/nodes/m/members?state=FAILED").get("items");
        assertThat(failed.get(0).at("/error/type").asText()).isEqualTo("PayloadInvalid");
    }

    @Test
    void answersAStartThatIsToWaitWithTheEndedWorkflow() {
        CompletableFuture<Reply> reply = client.postLater(
                "/api/v1/workflows",
                quoted("{'root':" + task("a", ",'payload':{'value':1}") + "}"),
                "Prefer",
                "wait=10");
        succeed(taken(), "5");

        assertThat(reply.join().status()).isEqualTo(200);
        assertThat(reply.join().header("Preference-Applied")).isEqualTo("wait=10");
        assertThat(reply.join().json().get("output").asInt()).isEqualTo(5);
        String id = reply.join().json().get("id").asText();
        JsonNode result = get("/" + id + "/result?wait=1");
        assertThat(result.get("result").asInt()).isEqualTo(5);
    }

    @Test
    void I3_aKeyStandsForOneWorkflow() {
        String body = "{'root':{'wait':{'for':'PT1H'}}}";
        String key = UUID.randomUUID().toString();
        Reply first = start(body, "Idempotency-Key", key);
        Reply again = start(body, "Idempotency-Key", key);
        Reply other = start("{'root':{'wait':{'for':'PT2H'}}}", "Idempotency-Key", key);

        assertThat(first.status()).isEqualTo(202);
        assertThat(again.json().get("id")).isEqualTo(first.json().get("id"));
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(other.problem()).isEqualTo("key-reused");
        assertThat(Rows.count("api.workflow")).isEqualTo(1);
    }

    @Test
    void anIdStandsForOneWorkflow() {
        String id = UUID.randomUUID().toString();
        String body = "{'id':'" + id + "','root':{'wait':{'for':'PT1H'}}}";

        assertThat(start(body).status()).isEqualTo(202);
        assertThat(start(body).json().get("id").asText()).isEqualTo(id);
        Reply other = start("{'id':'" + id + "','root':{'wait':{'for':'PT2H'}}}", "Idempotency-Key", "other");
        assertThat(other.problem()).isEqualTo("id-taken");
        assertThat(Rows.count("api.idempotency where key = 'other'")).isZero();
    }

    @Test
    void W8_makesNothingOfAWorkflowThatIsCancelled() {
        String id = started(
                "{'root':{'chain':[" + task("a", ",'payload':{'value':1}") + "," + task("b", "")
                        + "]},'on':{'failure':{'task':'demo.echo','queue':'other','payload':{'value':{'$ref':'/outcome/state'}}}}}");
        Delivery running = taken();

        Reply cancelled = client.post("/api/v1/workflows/" + id + "/cancel", "{\"reason\":\"enough\"}");
        assertThat(cancelled.status()).isEqualTo(202);
        assertThat(cancelled.json().get("state").asText()).isEqualTo("CANCELLING");
        succeed(running, "1");

        awaited(id, "CANCELLED");
        assertThat(taken().job().spec().payload()).isEqualTo("{\"value\":\"CANCELLED\"}");
        assertThat(nodeState(id, "b")).isEqualTo("CANCELLED");
        assertThat(client.post("/api/v1/workflows/" + id + "/cancel", "").problem())
                .isEqualTo("conflict");
        assertThat(Rows.count("api.job where workflow = '" + id + "'")).isEqualTo(2);
    }

    @Test
    void cancelsWhatWaitsAtOnce() {
        String id = started("{'root':{'group':[{'signal':'go'}," + task("a", ",'payload':{'value':1}") + "]}}");

        client.post("/api/v1/workflows/" + id + "/cancel", "");

        awaited(id, "CANCELLED");
        assertThat(Rows.count("api.job where state = 'CANCELLED'")).isEqualTo(1);
    }

    @Test
    void W11_handsASignalToOneNodeAlsoIfItCameEarly() {
        String id = started("{'root':{'chain':[" + task("a", ",'payload':{'value':1}")
                + ",{'name':'approve','signal':'approval','schema':{'type':'object','required':['yes']}},"
                + task("b", ",'payload':{'value':{'$ref':'/steps/approve/result/payload/yes'}}") + "]}}");
        String signals = "/api/v1/workflows/" + id + "/signals";

        assertThat(client.post(signals + "/other", "1").problem()).isEqualTo("conflict");
        assertThat(client.post(signals + "/approval", "{}").problem()).isEqualTo("payload-invalid");
        Reply sent = client.post(signals + "/approval", "{\"yes\":true}", "Idempotency-Key", "s1");
        Reply again = client.post(signals + "/approval", "{\"yes\":true}", "Idempotency-Key", "s1");
        assertThat(sent.status()).isEqualTo(202);
        assertThat(again.json()).isEqualTo(sent.json());
        assertThat(get("/" + id + "/signals").at("/items/0/takenBy").isNull()).isTrue();

        succeed(taken(), "1");
        assertThat(taken().job().spec().payload()).isEqualTo("{\"value\":true}");
        assertThat(get("/" + id + "/signals").get("items")).hasSize(1);
        assertThat(get("/" + id + "/signals").at("/items/0/takenBy").asInt()).isEqualTo(2);
        assertThat(client.post(signals + "/approval", "{\"yes\":true}").problem())
                .isEqualTo("conflict");
    }

    @Test
    void W12_waitsForASignalForAsLongAsItIsToldAndNoLonger() {
        String id = started("{'root':{'name':'s','signal':'go','timeout':'PT0.3S'}}");
        assertThat(get("/" + id).at("/waitingFor/0/signal").asText()).isEqualTo("go");

        JsonNode ended = awaited(id, "FAILED");

        assertThat(ended.at("/error/type").asText()).isEqualTo("SignalTimeout");
        assertThat(ended.get("durationMs").asLong()).isGreaterThanOrEqualTo(300);
    }

    @Test
    void beginsLaterIfItIsTold() {
        String id = started("{'delay':'PT0.2S','root':" + task("a", ",'payload':{'value':1}") + "}");

        assertThat(get("/" + id).get("state").asText()).isEqualTo("SCHEDULED");
        succeed(taken(), "1");
        awaited(id, "SUCCEEDED");
    }

    @Test
    void endsWithoutSuccessAtItsDeadline() {
        String id = started("{'timeout':'PT0.3S','root':" + task("a", ",'payload':{'value':1}") + "}");

        JsonNode ended = awaited(id, "TIMED_OUT");

        assertThat(ended.at("/nodes/0/state").asText()).isEqualTo("CANCELLED");
    }

    @Test
    void W16_goesOnFromWhatFailedAndKeepsTheRest() {
        String id = started(
                "{'root':{'chain':[" + task("a", ",'payload':{'value':1}") + ",{'name':'m','map':{'items':[1,2],'each':"
                        + "{'task':'demo.echo','queue':'other','payload':{'value':{'$ref':'/item'}}}}},"
                        + task("b", ",'payload':{'value':{'$ref':'/prev'}}")
                        + "]}}");
        succeed(taken(), "'A'");
        Delivery bad = taken();
        Delivery good = taken();
        fail(bad);
        succeed(good, "'good'");
        awaited(id, "FAILED");
        for (String wrong : List.of("{'from':'end'}", "{'from':{'node':'nobody'}}", "{'input':1}")) {
            assertThat(client.post("/api/v1/workflows/" + id + "/retry", quoted(wrong))
                            .problem())
                    .isEqualTo("invalid");
        }

        Reply reply = client.post("/api/v1/workflows/" + id + "/retry", "");
        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.json().get("run").asInt()).isEqualTo(2);
        Delivery again = taken();
        assertThat(again.job().id()).isEqualTo(bad.job().id());
        succeed(again, "'better'");
        Delivery last = taken();
        assertThat(last.job().spec().payload()).contains("better").contains("good");
        succeed(last, "3");

        awaited(id, "SUCCEEDED");
        assertThat(Rows.count("api.job where workflow = '" + id + "'")).isEqualTo(4);
        assertThat(client.post("/api/v1/workflows/" + id + "/retry", "").problem())
                .isEqualTo("conflict");
    }

    @Test
    void showsTheGraphAlsoAsAChart() {
        String id = started(
                "{'root':{'graph':{'a':" + task("x", ",'payload':{'value':1}").replace("'name':'x',", "")
                        + ",'b':{'after':[{'node':'a','on':'any'}],'label':'B (2)','wait':{'for':'PT1H'}}}}}");

        JsonNode graph = get("/" + id + "/graph");
        assertThat(graph.at("/nodes/1/state").asText()).isEqualTo("RUNNING");
        assertThat(graph.at("/nodes/1/jobId").asText()).hasSize(36);
        assertThat(graph.get("edges")).hasToString("[{\"from\":\"a\",\"to\":\"b\",\"on\":\"any\"}]");
        String chart = client.call("GET", "/api/v1/workflows/" + id + "/graph", "Accept", "text/vnd.mermaid")
                .http()
                .body();
        assertThat(chart).isEqualTo("""
                flowchart LR
                  subgraph n0["root<br/>RUNNING"]
                    n1["a<br/>RUNNING"]
                    n2["B _2_<br/>PENDING"]
                  end
                  n1 -- any --> n2
                """);
    }

    @Test
    void listsAndCountsWorkflows() {
        String first = started("{'name':'one','root':{'wait':{'for':'PT1H'}}}");
        String second = started("{'name':'two','tags':['t'],'root':{'wait':{'for':'PT1H'}}}");

        JsonNode page = get("?limit=1");
        assertThat(page.at("/items/0/id").asText()).isEqualTo(second);
        assertThat(get("?limit=1&cursor=" + page.get("nextCursor").asText())
                        .at("/items/0/id")
                        .asText())
                .isEqualTo(first);
        assertThat(get("?tag=t").get("items")).hasSize(1);
        assertThat(get("?name=one&state=WAITING").at("/items/0/id").asText()).isEqualTo(first);
        assertThat(get("/counts").get("WAITING").asInt()).isEqualTo(2);
        assertThat(get("/" + first + "/nodes?limit=1").at("/items/0/kind").asText())
                .isEqualTo("wait");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'root':{'task':'demo.none','payload':{}}} | 422 | unknown-task | /root/task
            {'root':{'chain':[{'task':'demo.echo','payload':{'no':1}}]}} | 422 | payload-invalid | /root/chain/0/payload
            {'root':{'task':'demo.echo','queue':'nobody','payload':{'value':1}}} | 422 | unknown-queue | /root/queue
            {'root':{'map':{'items':[1],'each':{'task':'demo.echo','priority':11,'payload':{'$ref':'/item'}}}}} | 422 | invalid | /root/map/each/priority
            {'root':{'signal':'go','schema':'none'}} | 422 | graph-invalid | /root/schema
            {'root':{'group':[]},'timeout':'PT0S'} | 422 | invalid | /timeout
            {'root':{'group':[]},'priority':0} | 422 | invalid | /priority
            {'root':{'group':[]},'prio':1} | 400 | unknown-field | /prio
            {'root':{'workflow':'nobody'}} | 422 | unknown-workflow | /root/workflow
            {'root':{'workflow':{'root':{'task':'demo.none','payload':1}}}} | 422 | unknown-task | /root/workflow/root/task
            {'root':{'workflow':{'root':{'group':[]},'priority':11}}} | 422 | invalid | /root/workflow/priority
            {'root':{'map':{'items':[1],'each':{'chain':[{'task':'demo.echo','payload':{'no':1}}]}}}} | 422 | payload-invalid | /root/map/each/chain/0/payload
            {'definition':'nobody'} | 422 | unknown-workflow | /definition
            {'root':{'group':[{}]}} | 422 | graph-invalid | /root/group/0
            """)
    void refusesWhatCouldNotRunAndSaysWhere(String body, int status, String type, String pointer) {
        for (String path : List.of("/api/v1/workflows", "/api/v1/workflows/validate")) {
            Reply reply = client.post(path, quoted(body));
            assertThat(reply.status()).isEqualTo(status);
            assertThat(reply.problem()).isEqualTo(type);
            assertThat(reply.json().at("/errors/0/pointer").asText()).isEqualTo(pointer);
        }
        assertThat(Rows.count("api.workflow")).isZero();
    }

    @Test
    void startsNothingThatIsOnlyChecked() {
        Reply reply = client.post(
                "/api/v1/workflows/validate", quoted("{'root':{'chain':[{'wait':{'for':'PT1S'}},{'group':[]}]}}"));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().get("nodes").asInt()).isEqualTo(3);
        assertThat(reply.json().at("/graph/edges/0/from").asText()).isEqualTo("wait-1");
        assertThat(Rows.count("api.workflow")).isZero();
    }

    /** Whatever wakes it, a workflow that cannot be moved does not keep the others waiting. */
    @Test
    void W20_givesAWorkflowUpThatCannotBeMoved() {
        String broken = started("{'root':{'wait':{'for':'PT0.1S'}}}");
        Rows.change("delete from api.node where workflow = '" + broken + "'");
        String id = started("{'root':{'wait':{'for':'PT0.2S'}}}");

        awaited(id, "SUCCEEDED");
        Rows.await(
                "it is given up",
                () -> Rows.count("api.workflow where error_type = 'Broken' and id = '" + broken + "'") == 1);
    }

    private static final String MAP_OF_CHAINS =
            "{'priority':8,'tags':['vip'],'input':{'k':'K'},'root':{'chain':[{'name':'m','tolerate':'all','map':{'items':['x','y'],'window':1,"
                    + "'each':{'chain':[{'name':'a','task':'demo.echo','queue':'other','payload':{'value':[{'$ref':'/item'},{'$ref':'/input/k'}]}},"
                    + "{'name':'b','task':'demo.echo','queue':'other','payload':{'value':{'$ref':'/prev'}}}]}}},"
                    + "{'name':'sum','task':'demo.echo','queue':'other','payload':{'value':{'$ref':'/prev'}}}]}}";

    @Test
    void W15_aWorkflowForEachItemIsAMemberAsAJobIs() {
        String id = started(MAP_OF_CHAINS);

        Delivery first = taken();
        assertThat(first.job().spec().payload()).isEqualTo("{\"value\":[\"x\",\"K\"]}");
        fail(first);
        Delivery second = taken();
        assertThat(second.job().spec().payload()).isEqualTo("{\"value\":[\"y\",\"K\"]}");
        JsonNode members = get("/" + id + "/nodes/m/members").get("items");
        assertThat(members).extracting(member -> member.get("state").asText()).containsExactly("FAILED", "RUNNING");
        assertThat(members.get(0).at("/error/type").asText()).isEqualTo("Boom");
        String inner = members.get(1).get("workflowId").asText();
        JsonNode shown = get("/" + inner);
        assertThat(List.of(
                        shown.get("parentId").asText(),
                        shown.get("rootId").asText(),
                        shown.get("parentNode").asText(),
                        shown.get("parentIndex").asText()))
                .containsExactly(id, id, "m", "1");
        assertThat(shown.get("priority").asInt()).isEqualTo(8);
        assertThat(shown.get("tags")).hasToString("[\"vip\"]");
        succeed(second, "'A'");
        succeed(taken(), "'B'");
        Delivery sum = taken();
        assertThat(sum.job().spec().payload()).isEqualTo("{\"value\":[null,\"B\"]}");
        succeed(sum, "1");

        awaited(id, "PARTIAL");
        assertThat(get("").get("items")).hasSize(1);
        assertThat(get("/counts").get("SUCCEEDED").asInt()).isZero();
        assertThat(get("?rootId=" + id).get("items")).hasSize(3);
        assertThat(get("?parentId=" + id + "&state=FAILED").get("items")).hasSize(1);
        assertThat(get("/" + id + "/nodes/m/members?state=SUCCEEDED").get("items"))
                .hasSize(1);
        assertThat(Rows.count("api.flow_mail")).isZero();
    }

    @Test
    void W16_aRetryReachesWhatFailedInside() {
        String id = started(MAP_OF_CHAINS.replace("'tolerate':'all',", ""));
        Delivery first = taken();
        fail(first);
        awaited(id, "FAILED");
        String inner =
                get("/" + id + "/nodes/m/members").at("/items/0/workflowId").asText();
        assertThat(client.post("/api/v1/workflows/" + inner + "/retry", "").problem())
                .isEqualTo("conflict");

        assertThat(client.post("/api/v1/workflows/" + id + "/retry", "").status())
                .isEqualTo(202);
        Delivery again = taken();
        assertThat(again.job().id()).isEqualTo(first.job().id());
        succeed(again, "1");
        succeed(taken(), "2");
        succeed(taken(), "3");
        succeed(taken(), "4");
        Delivery sum = taken();
        assertThat(sum.job().spec().payload()).isEqualTo("{\"value\":[2,4]}");
        succeed(sum, "5");

        awaited(id, "SUCCEEDED");
        assertThat(get("/" + inner).get("run").asInt()).isEqualTo(2);
        assertThat(Rows.count("api.workflow")).isEqualTo(3);
    }

    /** While its step is open, one member is as good as the others. */
    @Test
    void aWorkflowInsideIsRetriedByItselfWhileItsStepIsOpen() {
        String id = started(MAP_OF_CHAINS.replace("'window':1", "'window':2"));
        Delivery first = taken();
        taken();
        fail(first);
        Rows.await("it failed", () -> get("/" + id + "/nodes/m").get("failed").asInt() == 1);
        String inner = get("/" + id + "/nodes/m/members?state=FAILED")
                .at("/items/0/workflowId")
                .asText();

        assertThat(client.post("/api/v1/workflows/" + inner + "/retry", "").status())
                .isEqualTo(202);

        assertThat(taken().job().id()).isEqualTo(first.job().id());
        Rows.await("it lives", () -> get("/" + id + "/nodes/m").get("failed").asInt() == 0);
        assertThat(get("/" + id + "/nodes/m").get("live").asInt()).isEqualTo(2);
    }

    @Test
    void C11_aCancelReachesEveryDepth() {
        String id = started("{'root':{'name':'outer','workflow':{'root':{'name':'inner','workflow':{'root':{'group':["
                + task("a", ",'payload':{'value':1}") + ",{'name':'s','signal':'go'}]}}}}}}");
        Delivery running = taken();
        assertThat(get("?rootId=" + id).get("items")).hasSize(3);

        Reply reply = client.post("/api/v1/workflows/" + id + "/cancel", "{\"reason\":\"enough\"}");
        assertThat(reply.json().get("state").asText()).isEqualTo("CANCELLING");
        succeed(running, "1");

        awaited(id, "CANCELLED");
        assertThat(get("?state=CANCELLED&rootId=" + id).get("items")).hasSize(3);
        assertThat(Rows.count("api.workflow where finished_at is null")).isZero();
    }

    @Test
    void aDeadlineEndsWhatIsInside() {
        String id = started("{'timeout':'PT0.3S','root':{'name':'c','workflow':{'root':{'signal':'go'}}}}");

        awaited(id, "TIMED_OUT");

        String inner = get("/" + id + "/nodes/c").get("workflowId").asText();
        assertThat(get("/" + inner).get("state").asText()).isEqualTo("CANCELLED");
    }

    @Test
    void theGraphNamesTheWorkflowOfAStep() {
        String id = started(
                "{'root':{'name':'c','workflow':{'name':'inside','root':{'signal':'go'},'output':{'$ref':'/input/n'}},'input':{'n':5}}}");
        Rows.await(
                "it has begun",
                () -> get("?parentId=" + id + "&state=WAITING").get("items").size() == 1);

        String inner = get("/" + id + "/graph").at("/nodes/0/workflowId").asText();
        assertThat(get("/" + inner).get("name").asText()).isEqualTo("inside");
        client.post("/api/v1/workflows/" + inner + "/signals/go", "1");

        assertThat(awaited(id, "SUCCEEDED").get("output").asInt()).isEqualTo(5);
    }

    @Test
    void X1_aJobOfAWorkflowThatLivesIsNotDeleted() {
        String id = started("{'root':{'name':'c','workflow':{'root':{'chain':[" + task("a", ",'payload':{'value':1}")
                + "," + task("b", "") + "]}}}}");
        Delivery first = taken();
        succeed(first, "{'value':1}");
        Delivery second = taken();
        String path = "/api/v1/jobs/" + first.job().id();

        assertThat(client.call("DELETE", path).problem()).isEqualTo("conflict");
        String bulk = client.post(
                        "/api/v1/bulk-actions",
                        quoted("{'action':'delete','ids':['" + first.job().id() + "']}"))
                .json()
                .path("id")
                .asText();
        Rows.await(
                bulk,
                () -> client.call("GET", "/api/v1/bulk-actions/" + bulk)
                        .json()
                        .path("finishedAt")
                        .isTextual());
        assertThat(client.call("GET", path).status()).isEqualTo(200);

        succeed(second, "2");
        awaited(id, "SUCCEEDED");
        assertThat(client.call("DELETE", path).status()).isEqualTo(204);
    }

    @Test
    void W16_goesOnFromItsStartWithAnotherInputAndFromANode() {
        String id = started("{'input':{'v':1},'root':{'chain':[" + task("a", ",'payload':{'value':{'$ref':'/input/v'}}")
                + "," + task("b", ",'payload':{'value':{'$ref':'/prev'}}") + "]}}");
        String retry = "/api/v1/workflows/" + id + "/retry";
        succeed(taken(), "'A'");
        fail(taken());
        awaited(id, "FAILED");

        assertThat(client.post(retry, quoted("{'from':'start','input':{'v':2}}"))
                        .status())
                .isEqualTo(202);
        Delivery again = taken();
        assertThat(again.job().spec().payload()).isEqualTo("{\"value\":2}");
        succeed(again, "'B'");
        fail(taken());
        awaited(id, "FAILED");

        assertThat(client.post(retry, quoted("{'from':{'node':'b'}}")).status()).isEqualTo(202);
        Delivery last = taken();
        assertThat(last.job().spec().payload()).isEqualTo("{\"value\":\"B\"}");
        succeed(last, "3");
        JsonNode ended = awaited(id, "SUCCEEDED");
        assertThat(ended.get("run").asInt()).isEqualTo(3);
        assertThat(ended.at("/input/v").asInt()).isEqualTo(2);
        assertThat(Rows.count("api.job where workflow = '" + id + "'")).isEqualTo(5);
    }

    @Test
    void W24_undoesWhatSucceededAndThenGoesOnFromItsStartOnly() {
        String undo =
                ",'compensate':{'task':'demo.echo','queue':'other','payload':{'value':{'$ref':'/steps/a/result'}}}";
        String id = started(
                "{'root':{'chain':[" + task("a", ",'payload':{'value':1}" + undo) + "," + task("b", "") + "]}}");
        String retry = "/api/v1/workflows/" + id + "/retry";
        succeed(taken(), "{'value':'A'}");
        fail(taken());

        Delivery undoing = taken();
        assertThat(undoing.job().spec().payload()).isEqualTo("{\"value\":{\"value\":\"A\"}}");
        assertThat(awaited(id, "COMPENSATING").get("compensated").isNull()).isTrue();
        succeed(undoing, "1");

        assertThat(awaited(id, "FAILED").get("compensated").asBoolean()).isTrue();
        assertThat(client.post(retry, "").problem()).isEqualTo("conflict");
        assertThat(client.post(retry, quoted("{'from':{'node':'b'}}")).problem())
                .isEqualTo("conflict");
        assertThat(client.post(retry, quoted("{'from':'start'}")).status()).isEqualTo(202);
        assertThat(taken().job().spec().payload()).isEqualTo("{\"value\":1}");
    }

    @Test
    void undoesWhatIsCancelledIfItIsTold() {
        String undo = ",'compensate':{'task':'demo.echo','queue':'other','payload':{'value':'undo'}}";
        String id = started("{'root':{'chain':[" + task("a", ",'payload':{'value':1}" + undo) + ",{'signal':'go'}]}}");
        succeed(taken(), "{'value':'A'}");
        awaited(id, "WAITING");

        assertThat(client.post("/api/v1/workflows/" + id + "/cancel", quoted("{'compensate':1}"))
                        .problem())
                .isEqualTo("invalid");
        Reply reply = client.post("/api/v1/workflows/" + id + "/cancel", quoted("{'compensate':true}"));
        assertThat(reply.json().get("state").asText()).isEqualTo("COMPENSATING");
        succeed(taken(), "1");

        assertThat(awaited(id, "CANCELLED").get("compensated").asBoolean()).isTrue();
    }

    @Test
    void C18_readsTheItemsOfAMapPageByPage() {
        String id = started(
                "{'root':{'chain':[{'name':'m','map':{'window':1,'items':{'pages':{'task':'demo.echo','queue':'other','payload':"
                        + "{'value':{'$ref':'/cursor','default':'first'}}}},'each':{'task':'demo.echo','queue':'other','payload':{'value':{'$ref':'/item'}}}}},"
                        + task("sum", ",'payload':{'value':{'$ref':'/prev'}}") + "]}}");

        Delivery first = taken();
        assertThat(first.job().spec().payload()).isEqualTo("{\"value\":\"first\"}");
        succeed(first, "{'items':['x'],'next':'second'}");
        Delivery x = taken();
        Delivery second = taken();
        assertThat(List.of(x.job().spec().payload(), second.job().spec().payload()))
                .containsExactlyInAnyOrder("{\"value\":\"x\"}", "{\"value\":\"second\"}");
        boolean swapped = x.job().spec().payload().contains("second");
        succeed(swapped ? x : second, "{'items':['y']}");
        succeed(swapped ? second : x, "'X'");
        Delivery y = taken();
        assertThat(y.job().spec().payload()).isEqualTo("{\"value\":\"y\"}");
        succeed(y, "'Y'");
        Delivery sum = taken();
        assertThat(sum.job().spec().payload()).isEqualTo("{\"value\":[\"X\",\"Y\"]}");
        succeed(sum, "1");

        JsonNode ended = awaited(id, "SUCCEEDED");
        assertThat(ended.at("/nodes/1/size").asInt()).isEqualTo(2);
        assertThat(get("/" + id + "/nodes/m/members").get("items")).hasSize(2);
        assertThat(client.call("GET", "/api/v1/jobs/" + first.job().id())
                        .json()
                        .get("index")
                        .asInt())
                .isEqualTo(-1);
        assertThat(Rows.count("api.node_items")).isEqualTo(2);
        assertThat(Rows.count("api.flow_mail")).isZero();
    }

    @Test
    void failsAMapOfWhichAPageFails() {
        String id = started(
                "{'root':{'name':'m','map':{'items':{'pages':{'task':'demo.echo','queue':'other','payload':{'value':1}}},"
                        + "'each':{'task':'demo.echo','queue':'other','payload':{'value':1}}}}}");
        fail(taken());

        assertThat(awaited(id, "FAILED").at("/error/type").asText()).isEqualTo("PagesFailed");

        assertThat(client.post("/api/v1/workflows/" + id + "/retry", "").status())
                .isEqualTo(202);
        succeed(taken(), "{'items':[]}");
        assertThat(awaited(id, "SUCCEEDED").get("output")).isEmpty();
    }

    private static String returned(String root) {
        return "{'$flow':{'root':" + root + "},'workflowId':'x'}";
    }

    /** To any depth: what the graph of a graph makes is what the step has made. */
    @Test
    void C16_aTaskThatReturnsAGraphGivesItsPlaceToIt() {
        String id = started("{'root':{'chain':[" + task("a", ",'payload':{'value':1}") + ","
                + task("b", ",'payload':{'value':{'$ref':'/prev'}}") + "]}}");
        Delivery first = taken();
        succeed(first, returned(task("x", ",'payload':{'value':2}")));
        Delivery inner = taken();
        assertThat(inner.job().spec().payload()).isEqualTo("{\"value\":2}");
        assertThat(nodeState(id, "a")).isEqualTo("RUNNING");
        succeed(inner, returned(task("y", ",'payload':{'value':3}")));
        succeed(taken(), "'deep'");
        Delivery second = taken();
        assertThat(second.job().spec().payload()).isEqualTo("{\"value\":\"deep\"}");
        succeed(second, "4");

        awaited(id, "SUCCEEDED");
        JsonNode node = get("/" + id + "/nodes/a");
        assertThat(node.get("jobId").asText()).isEqualTo(first.job().id().toString());
        assertThat(get("/" + node.get("workflowId").asText()).get("parentId").asText())
                .isEqualTo(id);
        assertThat(get("?rootId=" + id).get("items")).hasSize(3);
    }

    @Test
    void W15_aMapSettlesBehindTheGraphsThatItsTasksHaveReturned() {
        String id = started(
                "{'root':{'name':'m','tolerate':'all','map':{'items':[1,2,3],'each':{'task':'demo.echo','queue':'other',"
                        + "'payload':{'value':{'$ref':'/item'}}}}}}");
        List<Delivery> members = List.of(taken(), taken(), taken());
        for (Delivery member : members) {
            switch (member.job().spec().payload()) {
                case "{\"value\":1}" -> succeed(member, returned(task("x", ",'payload':{'value':'in'}")));
                case "{\"value\":2}" -> succeed(member, returned("{'chain':[]}"));
                default -> succeed(member, "'plain'");
            }
        }
        Delivery inner = taken();
        Rows.await(
                "the others count",
                () -> get("/" + id + "/nodes/m").get("succeeded").asInt() == 1);
        assertThat(get("/" + id + "/nodes/m").get("failed").asInt()).isEqualTo(1);
        succeed(inner, "'grafted'");

        assertThat(awaited(id, "PARTIAL").get("output")).hasToString("[\"grafted\",null,\"plain\"]");
        JsonNode all = get("/" + id + "/nodes/m/members").get("items");
        assertThat(all)
                .extracting(member -> member.get("state").asText())
                .containsExactly("SUCCEEDED", "FAILED", "SUCCEEDED");
        assertThat(all.get(1).at("/error/type").asText()).isEqualTo("GraftInvalid");
        assertThat(all.get(0).get("workflowId").isTextual()).isTrue();
    }

    @Test
    void aJobThatStandsAloneAndReturnsAGraphNamesTheWorkflowThatItIs() {
        String job = client.post(
                        "/api/v1/jobs",
                        quoted("{'task':'demo.echo','queue':'other','priority':9,'payload':{'value':1}}"))
                .json()
                .get("id")
                .asText();
        succeed(taken(), returned(task("x", ",'payload':{'value':2}")));
        Delivery inner = taken();
        assertThat(inner.job().spec().payload()).isEqualTo("{\"value\":2}");
        succeed(inner, "'made'");

        JsonNode result =
                client.call("GET", "/api/v1/jobs/" + job + "/result").json().get("result");
        assertThat(awaited(result.get("workflowId").asText(), "SUCCEEDED")
                        .get("output")
                        .asText())
                .isEqualTo("made");
        assertThat(result.size()).isEqualTo(1);
        assertThat(Rows.count("api.workflow")).isEqualTo(1);
    }

    @Test
    void aJobThatStandsAloneSaysWhatIsWrongWithTheGraphThatItReturned() {
        String job = client.post("/api/v1/jobs", quoted("{'task':'demo.echo','queue':'other','payload':{'value':1}}"))
                .json()
                .get("id")
                .asText();
        succeed(taken(), returned("{'task':'demo.none','payload':1}"));

        Rows.await(
                "it is looked at",
                () -> client.call("GET", "/api/v1/jobs/" + job + "/result")
                        .json()
                        .at("/result/problem/type")
                        .asText()
                        .equals("unknown-task"));
        assertThat(Rows.count("api.workflow")).isZero();
    }

    @Test
    void makesNothingOfAGraphThatComesAfterACancel() {
        String id = started("{'root':" + task("a", ",'payload':{'value':1}") + "}");
        Delivery running = taken();
        client.post("/api/v1/workflows/" + id + "/cancel", "");
        succeed(running, returned(task("x", ",'payload':{'value':2}")));

        awaited(id, "CANCELLED");
        assertThat(Rows.count("api.workflow")).isEqualTo(1);
    }
}
