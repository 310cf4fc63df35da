package dev.millrace.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.millrace.fleet.WorkerEvent.Beat;
import dev.millrace.fleet.WorkerEvent.Joined;
import dev.millrace.fleet.WorkerEvent.Left;
import dev.millrace.fleet.WorkerEvent.Load;
import dev.millrace.fleet.WorkerEvent.Mode;
import dev.millrace.fleet.WorkerEvent.State;
import dev.millrace.fleet.WorkerEvent.TaskOffered;
import dev.millrace.fleet.WorkerEvent.WorkflowOffered;
import dev.millrace.job.ExecutionPolicy;
import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WorkerEventTest {

    private static final QueueName QUEUE = new QueueName("default");

    @Test
    void refusesAWorkerWhoseIdIsNoName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Left("no spaces", Optional.empty()))
                .withMessageContaining("1 to 128 characters");
    }

    @Test
    void refusesAQueueThatRunsNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Joined("w", "w", "h", 1, "1", Mode.JVM, Instant.EPOCH, Map.of(QUEUE, 0)))
                .withMessage("The concurrency of queue 'default' must be at least 1, not 0.");
    }

    @Test
    void refusesAnOfferWithoutASchema() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TaskOffered(
                        "w", new TaskName("demo.echo"), QUEUE, "", " ", "{}", ExecutionPolicy.DEFAULT, true))
                .withMessage("The payload schema of task 'demo.echo' is empty.");
    }

    @Test
    void refusesAWorkflowWithoutANameOrAGraph() {
        assertThatIllegalArgumentException().isThrownBy(() -> new WorkflowOffered("w", "two words", "", "{}"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WorkflowOffered("w", "report", "", " "))
                .withMessage("The flow of workflow 'report' is empty.");
    }

    @Test
    void addsUpWhatRuns() {
        assertThat(new Beat(
                                "w",
                                State.RUNNING,
                                0,
                                0,
                                Map.of(QUEUE, new Load(4, 2, 2), new QueueName("email"), new Load(4, 3, 4)),
                                0)
                        .running())
                .isEqualTo(5);
    }

    @Test
    void refusesToHoldLessThanRuns() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Beat("w", State.RUNNING, 0, 0, Map.of(QUEUE, new Load(4, 2, 1)), 0))
                .withMessage("The number of held jobs of queue 'default' must be at least 2, not 1.");
    }

    @Test
    void refusesAPercentageAboveAHundred() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Beat("w", State.RUNNING, 100.5, 0, Map.of(), 0))
                .withMessage("A percentage is 0 to 100, not 100.5.");
    }
}
