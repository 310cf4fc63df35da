package dev.millrace.worker.flows;

import static dev.millrace.flow.Flows.group;
import static dev.millrace.flow.Flows.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.millrace.fleet.WorkerEvent.WorkflowOffered;
import dev.millrace.flow.Flow;
import dev.millrace.flow.Step;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DeclaredFlowsTest {

    private static final Flow FLOW = Flow.of(task("a", "sample.count"));

    @Inject
    DeclaredFlows flows;

    @Test
    void findsThoseOfABeanWithoutAScope() {
        assertThat(flows.of("w1"))
                .contains(new WorkflowOffered(
                        "w1",
                        "sample.flow",
                        "Counts twice.",
                        new SampleFlows().twice().toJson()));
    }

    @Test
    void refusesWhatIsOfEachStart() {
        for (Flow flow : List.of(FLOW.named("n"), FLOW.input(1), FLOW.metadata(Map.of("k", "v")))) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> DeclaredFlows.of("f", "", "C.m", flow))
                    .withMessageStartingWith("The workflow 'f' (C.m) has ")
                    .withMessageEndingWith("which each start has of its own: leave it out.");
        }
        assertThat(DeclaredFlows.of("f", "", "C.m", FLOW.priority(3).tags("t")).json())
                .contains("\"priority\":3");
    }

    @Test
    void refusesWhatIsNoFlowOrTooLarge() {
        Flow large = Flow.of(group(IntStream.range(0, 3_000)
                .mapToObj(i -> task("step-" + i, "sample.count").payload("x".repeat(100)))
                .toArray(Step<?>[]::new)));

        assertThatIllegalStateException()
                .isThrownBy(() -> DeclaredFlows.of("f", "", "C.m", large))
                .withMessage("The workflow 'f' (C.m) is larger than 256 KiB as JSON.");
        assertThatIllegalStateException()
                .isThrownBy(() -> DeclaredFlows.of("f", "", "C.m", "text"))
                .withMessage("The workflow 'f' (C.m) returned no flow.");
    }
}
