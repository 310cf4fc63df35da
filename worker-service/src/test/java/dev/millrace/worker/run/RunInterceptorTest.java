package dev.millrace.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.worker.held.JobRun;
import dev.millrace.worker.held.TaskExecution;
import dev.millrace.worker.run.RunInterceptor.Step;
import dev.millrace.worker.settle.Outcome;
import dev.millrace.worker.settle.Outcome.Succeeded;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RunInterceptorTest {

    private final List<String> passed = new ArrayList<>();
    private final JobRun run = new HeldRuns().running();
    private final TaskExecution execution = Objects.requireNonNull(run.execution());

    @Test
    void theFirstOfTheListIsOutermost() {
        Step chain = RunInterceptor.chain(List.of(passing("first"), passing("second")), this::task);
        assertThat(chain.run(execution)).isEqualTo(new Succeeded("1"));
        assertThat(passed).containsExactly("first", "second", "task", "after second", "after first");
    }

    @Test
    void oneMayAnswerInsteadOfTheTask() {
        Outcome own = new Succeeded("2");
        Step chain = RunInterceptor.chain(List.of(passing("first"), (run, next) -> own), this::task);
        assertThat(chain.run(execution)).isEqualTo(own);
        assertThat(passed).containsExactly("first", "after first");
    }

    private RunInterceptor passing(String name) {
        return (run, next) -> {
            passed.add(name);
            Outcome outcome = next.run(run);
            passed.add("after " + name);
            return outcome;
        };
    }

    private Outcome task(TaskExecution run) {
        passed.add("task");
        return new Succeeded("1");
    }
}
