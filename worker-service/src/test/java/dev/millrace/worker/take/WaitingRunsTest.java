package dev.millrace.worker.take;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.worker.held.JobRun;
import dev.millrace.worker.run.HeldRuns;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WaitingRunsTest {

    private final HeldRuns runs = new HeldRuns();
    private final WaitingRuns waiting = new WaitingRuns();
    private final JobRun firstTaken = taken();
    private final JobRun secondTaken = taken();
    private final JobRun firstAbandoned = abandoned();
    private final JobRun secondAbandoned = abandoned();
    private final JobRun thirdAbandoned = abandoned();

    @Test
    void whatOthersLeftBehindGoesFirstAndThenInTurn() {
        assertThat(Stream.generate(waiting::next).limit(5))
                .containsExactly(firstAbandoned, firstTaken, secondAbandoned, secondTaken, thirdAbandoned);
        assertThat(waiting.next()).isNull();
    }

    @Test
    void passesOverWhatWasDecidedMeanwhile() {
        firstAbandoned.decide();
        firstTaken.decide();
        assertThat(waiting.next()).isEqualTo(secondAbandoned);
    }

    @Test
    void givesBackAllThatWaits() {
        assertThat(waiting.clear())
                .containsExactly(firstAbandoned, secondAbandoned, thirdAbandoned, firstTaken, secondTaken);
        assertThat(waiting.next()).isNull();
    }

    private JobRun taken() {
        JobRun run = runs.waiting();
        waiting.addTaken(run);
        return run;
    }

    private JobRun abandoned() {
        JobRun run = runs.waiting();
        waiting.addAbandoned(run);
        return run;
    }
}
