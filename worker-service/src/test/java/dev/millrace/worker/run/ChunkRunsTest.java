package dev.millrace.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.flow.Flow;
import dev.millrace.flow.Flows;
import dev.millrace.job.JobError;
import dev.millrace.job.JobEvent;
import dev.millrace.job.JobEvent.Ended;
import dev.millrace.job.JobEvent.Progress;
import dev.millrace.job.JobState;
import dev.millrace.task.PermanentFailure;
import dev.millrace.worker.held.JobRun;
import dev.millrace.worker.held.StopSignal.Reason;
import dev.millrace.worker.registry.TaskDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** Jobs whose payload is a chunk. */
class ChunkRunsTest {

    private static final String CHUNK = "{\"$chunk\":[1,\"two\",{\"n\":3.10}]}";

    private final List<Object> seen = new ArrayList<>();

    private Ended end(TaskDefinition.Call call) throws InterruptedException {
        JobEvent event = new HeldRuns(call).runOne(CHUNK);
        assertThat(event).isInstanceOf(Ended.class);
        return (Ended) event;
    }

    @Test
    void C18_aTaskRunsOnceForEachOfItsPayloadsInOrder() throws InterruptedException {
        Ended end = end((payload, context) -> {
            seen.add(payload);
            return List.of(payload);
        });

        assertThat(seen).hasSize(3).startsWith(1, "two");
        assertThat(end.result()).isEqualTo("{\"$chunk\":[[1],[\"two\"],[{\"n\":3.10}]]}");
    }

    @Test
    void theFirstThatFailsFailsTheJobAndNoOtherBegins() throws InterruptedException {
        Ended end = end((payload, context) -> {
            seen.add(payload);
            if (payload.equals("two")) {
                throw new PermanentFailure("no");
            }
            return payload;
        });

        assertThat(end.state()).isEqualTo(JobState.FAILED);
        assertThat(seen).containsExactly(1, "two");
    }

    @Test
    void aGraphOfOneOfThemIsRefused() throws InterruptedException {
        Ended end = end((payload, context) -> Flow.of(Flows.task("t").payload(1)));

        assertThat(end.state()).isEqualTo(JobState.FAILED);
        assertThat(end.error())
                .isNotNull()
                .extracting(JobError::message, InstanceOfAssertFactories.STRING)
                .contains("chunk");
    }

    @Test
    void itsProgressIsHowManyAreDoneAndTheMessageIsTheTasks() throws InterruptedException {
        HeldRuns[] runs = new HeldRuns[1];
        List<Progress> reported = new ArrayList<>();
        runs[0] = new HeldRuns((payload, context) -> {
            context.progress(50, 100, "half of " + payload);
            reported.add(runs[0].held.executions().getFirst().run().reports().unreported());
            return payload;
        });

        runs[0].runOne(CHUNK);

        assertThat(reported.subList(0, 2))
                .containsExactly(new Progress(0, 3, "half of 1"), new Progress(1, 3, "half of two"));
    }

    /** A task that does not hear of it is not asked to begin the next. */
    @Test
    void C10_noOtherBeginsOnceTheJobIsCancelled() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        HeldRuns runs = new HeldRuns((payload, context) -> {
            seen.add(payload);
            begun.countDown();
            boolean told = false;
            while (!told) {
                try {
                    told = asked.await(10, TimeUnit.SECONDS);
                } catch (InterruptedException unheard) {
                    // As tasks do that swallow it.
                }
            }
            return payload;
        });
        JobRun run = runs.waiting(CHUNK);
        CountDownLatch done = new CountDownLatch(1);
        runs.runner.launch(run, done::countDown);
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        run.stop(Reason.CANCELLED);
        asked.countDown();
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        runs.settle();

        assertThat(seen).hasSize(1);
        assertThat(runs.events(run, Ended.class))
                .singleElement()
                .extracting(Ended::state)
                .isEqualTo(JobState.CANCELLED);
    }
}
