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

/** Workflows that go on after they have ended, and such as are undone. */
@QuarkusTest
@WithTestResource(ApiServers.class)
class WorkflowRetriesTest extends WorkflowStage {

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

    /** The step runs, but with other members. */
    @Test
    void W2_aMemberOfAnEarlierRunCannotGoOnInThisOne() {
        String id = started("{'root':{'chain':[" + task("a", ",'onFailure':{'result':0},'payload':{'value':1}") + ","
                + task("b", ",'payload':{'value':2}") + "]}}");
        fail(taken());
        Delivery old = taken();
        fail(old);
        awaited(id, "FAILED");

        client.post("/api/v1/workflows/" + id + "/retry", "");
        succeed(taken(), "1");
        Delivery fresh = taken();
        assertThat(fresh.job().id()).isNotEqualTo(old.job().id());
        assertThat(client.post("/api/v1/jobs/" + old.job().id() + "/retry", "").problem())
                .isEqualTo("conflict");
        succeed(fresh, "2");

        awaited(id, "SUCCEEDED");
    }

    /** What it had done is undone, so nothing of it can be relied on. */
    @Test
    void W16_aWorkflowInsideThatWasUndoneGoesOnFromItsStart() {
        String id = started("{'root':{'name':'c','workflow':{'root':{'chain':["
                + task(
                        "a",
                        ",'payload':{'value':1},'compensate':{'task':'demo.echo','queue':'other','payload':{'value':'undo'}}")
                + "," + task("b", ",'payload':{'value':2}") + "]}}}}");
        succeed(taken(), "1");
        fail(taken());
        Delivery undo = taken();
        assertThat(undo.job().spec().payload()).isEqualTo("{\"value\":\"undo\"}");
        succeed(undo, "1");
        awaited(id, "FAILED");

        client.post("/api/v1/workflows/" + id + "/retry", "");

        Delivery again = taken();
        assertThat(again.job().spec().payload()).isEqualTo("{\"value\":1}");
        succeed(again, "1");
        succeed(taken(), "2");
        awaited(id, "SUCCEEDED");
    }

    @Test
    void hasAsMuchTimeInEachRunAsInTheFirst() {
        String id = started("{'timeout':'PT1H','root':" + task("a", ",'payload':{'value':1}") + "}");
        for (int run = 1; run < 4; run++) {
            fail(taken());
            awaited(id, "FAILED");
            Rows.change(
                    "update api.workflow set created_at = created_at - interval '2 hours', deadline_at = deadline_at - interval '2 hours',"
                            + " reopened_at = reopened_at - interval '2 hours'");
            client.post("/api/v1/workflows/" + id + "/retry", "");
            assertThat(
                            Rows.count(
                                    "api.workflow where deadline_at between now() + interval '59 minutes' and now() + interval '1 hour'"))
                    .as("run %d", run + 1)
                    .isEqualTo(1);
        }
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
}
