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
}
