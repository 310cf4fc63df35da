package dev.millrace.api.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.ApiServers;
import dev.millrace.api.jobs.submit.Client.Reply;
import dev.millrace.api.outbox.Rows;
import dev.millrace.stream.entries.Delivery;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Workflows of which the size is not known when they begin: lists that come page by page, and tasks that return graphs. */
@QuarkusTest
@WithTestResource(ApiServers.class)
class GrowingWorkflowsTest extends WorkflowStage {

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

    /** A chunk is a payload like any other to the queue, and each value of it to the schema. */
    @Test
    void C18_aJobTakesAChunkOfTheItems() {
        String id = started(
                "{'input':[1,2,3],'root':{'chain':[{'name':'m','map':{'items':{'$ref':'/input'},'chunk':2,'each':"
                        + "{'task':'demo.echo','queue':'other','payload':{'value':{'$ref':'/item'}}}}},"
                        + task("sum", ",'payload':{'value':{'$ref':'/prev'}}") + "]}}");
        Map<String, Delivery> chunks = new HashMap<>();
        for (int i = 0; i < 2; i++) {
            Delivery chunk = taken();
            chunks.put(chunk.job().spec().payload(), chunk);
        }
        Delivery two = chunks.get("{\"$chunk\":[{\"value\":1},{\"value\":2}]}");
        Delivery one = chunks.get("{\"$chunk\":[{\"value\":3}]}");
        succeed(Objects.requireNonNull(one), "{'$chunk':['C']}");
        succeed(Objects.requireNonNull(two), "{'$chunk':['A','B']}");
        Delivery sum = taken();
        assertThat(sum.job().spec().payload()).isEqualTo("{\"value\":[\"A\",\"B\",\"C\"]}");
        succeed(sum, "1");

        JsonNode ended = awaited(id, "SUCCEEDED");
        assertThat(ended.at("/nodes/1/size").asInt()).isEqualTo(2);
        assertThat(get("/" + id + "/nodes/m/members").get("items")).hasSize(2);
    }

    @Test
    void refusesAChunkOfWhichAPayloadDoesNotFit() {
        Reply wrong = client.post(
                "/api/v1/jobs",
                quoted("{'task':'demo.echo','queue':'other','payload':{'$chunk':[{'value':1},{'valu':2}]}}"));
        Reply none =
                client.post("/api/v1/jobs", quoted("{'task':'demo.echo','queue':'other','payload':{'$chunk':[]}}"));

        assertThat(wrong.problem()).isEqualTo("payload-invalid");
        assertThat(wrong.json().at("/errors/0/pointer").asText()).startsWith("/payload/$chunk/1");
        assertThat(none.problem()).isEqualTo("payload-invalid");
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
