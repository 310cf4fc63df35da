package dev.millrace.proving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.testkit.Awaiting;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workflows whose jobs real workers run. */
@Tag("native")
class WorkflowsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    static @Nullable Path home;

    private static @Nullable Platform platform;

    @BeforeAll
    static void up() {
        platform = Platform.up(given(home));
    }

    @AfterAll
    static void down() {
        given(platform).close();
    }

    private static <T> T given(@Nullable T value) {
        if (value == null) {
            throw new AssertionError("set before the first test");
        }
        return value;
    }

    private static Api api() {
        return given(platform).api();
    }

    private static String start(String body) {
        Api.Answer answer = api().post("/workflows", body.replace('\'', '"'));
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(202);
        return answer.body().path("id").asText();
    }

    private static JsonNode ended(String id) {
        Awaiting.until(
                "the end of workflow " + id,
                PATIENCE,
                () -> !api().get("/workflows/" + id).body().path("finishedAt").isNull());
        return api().get("/workflows/" + id).body();
    }

    @Test
    void aChainHandsOnWhatItsStepsMake() {
        JsonNode workflow = ended(
                start(
                        "{'input':{'name':'Ada'},'root':{'chain':["
                                + "{'name':'first','task':'demo.echo','payload':{'value':{'$text':'Hello, {/input/name}'}}},"
                                + "{'name':'second','task':'demo.echo'},"
                                + "{'name':'third','task':'demo.echo','payload':{'value':[{'$ref':'/prev/value'},{'$ref':'/steps/first/state'}]}}]}}"));

        assertThat(workflow.path("state").asText()).as(workflow.toString()).isEqualTo("SUCCEEDED");
        assertThat(workflow.path("output")).hasToString("{\"value\":[\"Hello, Ada\",\"SUCCEEDED\"]}");
    }

    @Test
    void W1_theBodyOfAChordSeesEachResultInItsPlace() {
        JsonNode workflow =
                ended(start("{'root':{'chain':[{'name':'many','map':{'items':{'range':{'from':0,'to':300}},'window':40,"
                        + "'each':{'task':'demo.echo','payload':{'value':{'$ref':'/item'}}}}},"
                        + "{'task':'demo.echo','payload':{'value':{'$ref':'/steps/many/result'}}}]}}"));

        List<Integer> values = new ArrayList<>();
        workflow.at("/output/value").forEach(one -> values.add(one.path("value").asInt()));
        assertThat(values).isEqualTo(IntStream.range(0, 300).boxed().toList());
        assertThat(workflow.at("/counts/succeeded").asInt()).isEqualTo(301);
    }

    @Test
    void aFailureThatIsToleratedIsToldAndOthersGoOn() {
        JsonNode workflow = ended(start("{'root':{'chain':[{'name':'m','tolerate':{'failures':1},'map':{'items':[0,9],"
                + "'each':{'task':'demo.fail','retry':{'maxAttempts':1},'payload':{'message':'no','times':{'$ref':'/item'},'kind':'permanent'}}}},"
                + "{'task':'demo.echo','payload':{'value':{'$ref':'/steps/m/counts'}}}]}}"));

        assertThat(workflow.path("state").asText()).as(workflow.toString()).isEqualTo("PARTIAL");
        assertThat(workflow.at("/output/value")).hasToString("{\"size\":2,\"succeeded\":1,\"failed\":1}");
    }

    /** The api that took the workflow dies while it waits. */
    @Test
    void W11_aWorkflowThatWaitsForASignalOutlivesTheApi() {
        String id = start("{'root':{'graph':{'plan':{'task':'demo.echo','payload':{'value':1}},"
                + "'approve':{'after':['plan'],'signal':'approval','timeout':'P3D'},"
                + "'go':{'after':['approve'],'when':{'ref':'/steps/approve/result/payload/yes','is':true},"
                + "'task':'demo.echo','payload':{'value':'went'}},"
                + "'stay':{'after':['approve'],'when':{'not':{'ref':'/steps/approve/result/payload/yes','is':true}},"
                + "'task':'demo.echo','payload':{'value':'stayed'}},"
                + "'tell':{'after':['go','stay'],'task':'demo.echo','payload':{'value':[{'$ref':'/steps/go/result','default':0},"
                + "{'$ref':'/steps/stay/result','default':0}]}}}}}");
        Awaiting.until(
                "it waits",
                PATIENCE,
                () -> api().get("/workflows/" + id)
                        .body()
                        .path("state")
                        .asText()
                        .equals("WAITING"));

        given(platform).pids("api").forEach(WorkflowsIT::kill);
        Awaiting.until("the api to be back", PATIENCE, WorkflowsIT::answers);
        assertThat(api().post("/workflows/" + id + "/signals/approval", "{\"yes\":true}")
                        .status())
                .isEqualTo(202);

        JsonNode workflow = ended(id);
        assertThat(workflow.path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(workflow.path("output")).hasToString("{\"tell\":{\"value\":[{\"value\":\"went\"},0]}}");
    }

    @Test
    void W8_aWorkflowThatIsCancelledStopsWhatRuns() {
        String id = start("{'root':{'chain':[{'name':'a','task':'demo.sleep','payload':{'duration':'PT50S'}},"
                + "{'name':'b','task':'demo.echo','payload':{'value':1}}]}}");
        Awaiting.until(
                "a job runs",
                PATIENCE,
                () -> api().get("/jobs?workflowId=" + id)
                        .body()
                        .at("/items/0/state")
                        .asText()
                        .equals("RUNNING"));

        api().post("/workflows/" + id + "/cancel", "");

        JsonNode workflow = ended(id);
        assertThat(workflow.path("state").asText()).isEqualTo("CANCELLED");
        assertThat(workflow.at("/counts/members").asInt()).isEqualTo(1);
    }

    private static void kill(long pid) {
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
        process.destroyForcibly();
        process.onExit().join();
    }

    private static boolean answers() {
        try {
            return api().get("/workflows?limit=1").status() == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }
}
