package dev.millrace.worker.held;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.worker.run.HeldRuns;
import org.junit.jupiter.api.Test;

class JobRunTest {

    private final HeldRuns runs = new HeldRuns();

    @Test
    void onlyOneCallerDecides() {
        JobRun run = runs.running();
        assertThat(run.decide()).isTrue();
        assertThat(run.decide()).isFalse();
        assertThat(run.running()).isFalse();
    }

    @Test
    void whatRunsIsNotDecidedAsIfItWaited() {
        assertThat(runs.running().decideIfWaiting()).isFalse();
        assertThat(runs.waiting().decideIfWaiting()).isTrue();
    }

    @Test
    void whatIsDecidedNeitherBeginsNorIsLost() {
        JobRun run = runs.waiting();
        run.decide();
        assertThat(run.lose()).isFalse();
        assertThat(run.lost()).isFalse();
        assertThat(run.execution()).isNull();
    }

    @Test
    void staysLostWhenItIsDecidedAndKeepsItsExecution() {
        JobRun run = runs.running();
        assertThat(run.lose()).isTrue();
        assertThat(run.lose()).isFalse();
        assertThat(run.running()).isTrue();
        assertThat(run.current()).isNull();
        assertThat(run.decide()).isTrue();
        assertThat(run.lost()).isTrue();
        assertThat(run.execution()).isNotNull();
    }
}
