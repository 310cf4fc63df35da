package dev.millrace.worker.held;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.Awaiting;
import dev.millrace.worker.run.HeldRuns;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HeldJobsTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final HeldRuns runs = new HeldRuns();

    @Test
    void whoWaitsForSomethingToLookAtIsToldWhenItArrives() throws InterruptedException {
        Thread first = Thread.ofPlatform().start(this::awaitAny);
        Thread second = Thread.ofPlatform().start(this::awaitAny);
        Awaiting.until("both wait", () -> waits(first) && waits(second));
        runs.waiting();
        assertThat(first.join(Duration.ofSeconds(20))).isTrue();
        assertThat(second.join(Duration.ofSeconds(20))).isTrue();
    }

    @Test
    void nobodyWaitsWhileSomethingIsHeldNorLongerThanAsked() throws InterruptedException {
        runs.held.awaitAny(Duration.ofMillis(1));
        runs.waiting();
        runs.held.awaitAny(LONG);
        assertThat(runs.held.isEmpty()).isFalse();
    }

    private static boolean waits(Thread thread) {
        return thread.getState() == Thread.State.TIMED_WAITING;
    }

    private void awaitAny() {
        try {
            runs.held.awaitAny(LONG);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
