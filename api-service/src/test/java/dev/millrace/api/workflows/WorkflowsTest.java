package dev.millrace.api.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.ApiServers;
import dev.millrace.api.jobs.submit.Client.Reply;
import dev.millrace.api.outbox.Rows;
import dev.millrace.job.JobPlace;
import dev.millrace.stream.entries.Delivery;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Workflows over HTTP. No worker but the test itself takes their jobs. */
@QuarkusTest
@WithTestResource(ApiServers.class)
class WorkflowsTest extends WorkflowStage {

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
    void W11_takesASignalOnceThoughTwoStepsWaitForItsName() {
        String id = started("{'root':{'chain':[{'name':'s','signal':'go'},{'name':'t','signal':'go'}]}}");
        String signals = "/api/v1/workflows/" + id + "/signals/go";

        client.post(signals, "1");
        assertThat(List.of(nodeState(id, "s"), nodeState(id, "t"))).containsExactly("SUCCEEDED", "WAITING");
        client.post(signals, "2");

        assertThat(awaited(id, "SUCCEEDED").at("/output/payload").asInt()).isEqualTo(2);
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

    /** Nothing of it is made any more, but what runs still does. */
    @Test
    void W15_aWorkflowThatIsGivenUpEndsBehindItsMembersAndTellsTheOneAroundItThen() {
        String id = started("{'root':{'name':'c','workflow':{'root':{'group':[" + task("a", ",'payload':{'value':1}")
                + ",{'wait':{'for':'PT0.2S'}}]}}}}");
        Delivery running = taken();
        String inner = "id = (select id from api.workflow where parent is not null)";
        Rows.change("update api.node set state = 'NONE' where name = 'a'");

        Rows.await("it is given up", () -> Rows.count("api.workflow where state = 'CANCELLING' and " + inner) == 1);
        assertThat(Rows.count("api.job where cancel_requested is not null")).isEqualTo(1);
        assertThat(get("/" + id).get("state").asText()).isEqualTo("RUNNING");
        succeed(running, "1");

        assertThat(awaited(id, "FAILED").at("/error/type").asText()).isEqualTo("Broken");
        assertThat(Rows.count("api.workflow where state = 'FAILED' and error_type = 'Broken' and " + inner))
                .isEqualTo(1);
    }

    @Test
    void aBulkRetrySaysOfAMemberThatItsWorkflowKeepsIt() {
        String id = started("{'root':" + task("a", ",'payload':{'value':1}") + "}");
        Delivery member = taken();
        fail(member);
        awaited(id, "FAILED");

        String action = client.post(
                        "/api/v1/bulk-actions",
                        quoted("{'action':'retry','ids':['" + member.job().id() + "']}"))
                .json()
                .path("id")
                .asText();

        String path = "/api/v1/bulk-actions/" + action;
        Rows.await(
                "it is done",
                () -> client.call("GET", path).json().path("finishedAt").isTextual());
        assertThat(client.call("GET", path).json().at("/failures/0/detail").asText())
                .isEqualTo("The job is a member of a workflow, which keeps it as it is.");
        assertThat(client.call("GET", path).json().get("done").asInt()).isZero();
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
}
