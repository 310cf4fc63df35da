package dev.millrace.api.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.ApiServers;
import dev.millrace.api.jobs.submit.Client.Reply;
import dev.millrace.api.outbox.Rows;
import dev.millrace.stream.entries.Delivery;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Workflows that are members of others. */
@QuarkusTest
@WithTestResource(ApiServers.class)
class ChildWorkflowsTest extends WorkflowStage {

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

    @Test
    void W16_aRetryReachesWhatSucceededInPartInside() {
        String id = started("{'root':{'name':'m','map':{'items':[1],'each':{'tolerate':'all','group':["
                + task("a", ",'payload':{'value':1}") + "," + task("b", ",'payload':{'value':2}") + "]}}}}");
        Delivery bad = taken();
        succeed(taken(), "1");
        fail(bad);
        awaited(id, "PARTIAL");

        client.post("/api/v1/workflows/" + id + "/retry", "");
        Delivery again = taken();
        assertThat(again.job().id()).isEqualTo(bad.job().id());
        JsonNode node = get("/" + id + "/nodes/m");
        assertThat(List.of(
                        node.get("live").asInt(),
                        node.get("succeeded").asInt(),
                        node.get("failed").asInt()))
                .containsExactly(1, 0, 0);
        succeed(again, "2");

        awaited(id, "SUCCEEDED");
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

    private static String retried(String base) {
        return "{'root':{'name':'c','retry':{'maxAttempts':2,'backoff':{'type':'fixed','base':'%s','jitter':'none'}},"
                        .formatted(base)
                + "'workflow':{'root':{'chain':[" + task("a", ",'payload':{'value':1}") + "," + task("b", "")
                + "]},'timeout':'PT1H'}}}";
    }

    @Test
    void C19_aWorkflowInsideGoesOnByItselfFromWhatFailed() {
        String id = started(retried("PT0.3S"));
        succeed(taken(), "{'value':1}");
        Delivery first = taken();
        fail(first);

        Delivery again = taken();
        assertThat(again.job().id()).isEqualTo(first.job().id());
        JsonNode inner = get("?parentId=" + id).at("/items/0");
        assertThat(List.of(
                        inner.get("state").asText(),
                        inner.get("run").asText(),
                        inner.get("attempt").asText()))
                .containsExactly("RUNNING", "2", "2");
        assertThat(nodeState(id, "c")).isEqualTo("RUNNING");
        fail(again);

        assertThat(awaited(id, "FAILED").at("/error/type").asText()).isEqualTo("Boom");
        assertThat(Rows.count("api.job where workflow is not null")).isEqualTo(2);
    }

    /** Its own cancel and that of the one around it find it, and nothing begins when its time comes. */
    @Test
    void W8_aWorkflowThatWaitsForItsNextAttemptIsCancelled() {
        String id = started(retried("PT1H"));
        fail(taken());
        Rows.await(
                "it waits",
                () -> get("?parentId=" + id + "&state=WAITING").get("items").size() == 1);
        JsonNode inner = get("?parentId=" + id).at("/items/0");
        assertThat(inner.get("retryAt").isTextual()).isTrue();
        assertThat(inner.get("finishedAt").isNull()).isTrue();
        Rows.change("update api.workflow set retry_at = now(), due_at = null where parent is not null");

        client.post("/api/v1/workflows/" + id + "/cancel", "");

        awaited(id, "CANCELLED");
        JsonNode ended = get("/" + inner.get("id").asText());
        assertThat(List.of(ended.get("state").asText(), ended.get("run").asText()))
                .containsExactly("CANCELLED", "1");
        assertThat(ended.get("retryAt").isNull()).isTrue();
        assertThat(Rows.count("api.job where workflow is not null and finished_at is null"))
                .isZero();
    }

    /** A cancel that was sent before it went on by itself means it all the same. */
    @Test
    void W8_aCancelFindsAWorkflowThatHasGoneOnByItselfMeanwhile() {
        String id = started(retried("PT0.1S"));
        fail(taken());
        Delivery again = taken();
        String inner = get("?parentId=" + id).at("/items/0/id").asText();

        Rows.change("insert into api.flow_mail (workflow, kind, run) values ('" + inner + "', 'cancel', 1)");
        Rows.await("it is to stop", () -> get("/" + inner).get("state").asText().equals("CANCELLING"));
        succeed(again, "1");

        awaited(inner, "CANCELLED");
    }

    /** Of the workflow the priority, of its own the queue; what it says itself goes first. */
    @Test
    void C17_theBodyOfAChordHasThePriorityOfItsWorkflowAndItsOwnQueue() {
        started(
                "{'priority':9,'tags':['t'],'metadata':{'k':'v'},'root':{'chain':[{'name':'m','map':{'items':[1],'each':{'chain':["
                        + task("in", ",'payload':{'value':1}") + "]}}},{'group':["
                        + task("body", ",'payload':{'value':{'$ref':'/prev'}}") + ","
                        + task("own", ",'priority':2,'payload':{'value':1}") + "]}]}}");
        succeed(taken(), "1");
        Map<String, JsonNode> bodies = new TreeMap<>();
        for (int i = 0; i < 2; i++) {
            JsonNode job =
                    client.call("GET", "/api/v1/jobs/" + taken().job().id()).json();
            bodies.put(job.get("node").asText(), job);
        }

        assertThat(bodies.values())
                .extracting(job -> job.get("priority").asInt())
                .containsExactly(9, 2);
        assertThat(bodies.values())
                .allMatch(job -> job.get("queue").asText().equals("other")
                        && job.get("tags").toString().equals("[\"t\"]")
                        && job.at("/metadata/k").asText().equals("v"));
    }

    /** What is made belongs to whom the workflow belongs to, and nobody else finds any of it. */
    @Test
    void W19_nothingOfAnotherTenantIsThere() {
        String id = started("{'root':{'chain':[" + task("a", ",'payload':{'value':1}")
                + ",{'name':'c','workflow':{'root':" + task("b", ",'payload':{'value':1}") + "}}]}}");
        Delivery first = taken();
        Rows.change("update api.workflow set tenant = 'other'");
        succeed(first, "1");
        Delivery inner = taken();

        assertThat(inner.job().spec().tenant()).isEqualTo("other");
        assertThat(Rows.count("api.workflow where tenant = 'other'")).isEqualTo(2);
        assertThat(get("").get("items")).isEmpty();
        assertThat(get("?rootId=" + id).get("items")).isEmpty();
        assertThat(get("/counts").get("RUNNING").asInt()).isZero();
        for (String path :
                List.of("", "/graph", "/nodes", "/nodes/a", "/nodes/a/members", "/events", "/result", "/signals")) {
            assertThat(client.call("GET", "/api/v1/workflows/" + id + path).status())
                    .as(path)
                    .isEqualTo(404);
        }
        for (String path : List.of("/cancel", "/retry", "/signals/go")) {
            assertThat(client.post("/api/v1/workflows/" + id + path, "").status())
                    .as(path)
                    .isEqualTo(404);
        }
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
}
