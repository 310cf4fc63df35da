package dev.millrace.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.Awaiting;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoopsTest {

    private static final Duration MOMENT = Duration.ofMillis(1);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Loops loops = new Loops(meters, System::nanoTime, MOMENT);
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void stop() {
        release.countDown();
        loops.stop(Duration.ofSeconds(10));
    }

    @Test
    void takesALoopForStuckWhoseTurnIsLongerThanItMayBe() {
        loops.start("slow", this::untilReleased, Duration.ofMillis(50));
        Awaiting.until("it is stuck", this::anyStuck);
        assertThat(meters.get("millrace_loop_overdue")
                        .tag("loop", "slow")
                        .timeGauge()
                        .value(TimeUnit.MILLISECONDS))
                .isGreaterThanOrEqualTo(50);

        release.countDown();
        Awaiting.until("it is no longer", () -> !anyStuck());
    }

    @Test
    void takesNoLoopForStuckBecauseItPauses() {
        CountDownLatch turned = new CountDownLatch(1);
        loops.start("pausing", () -> turnedOnce(turned), Duration.ZERO);
        Awaiting.until("it has turned", () -> turned.getCount() == 0);

        Awaiting.until("it pauses", () -> !anyStuck());
    }

    @Test
    void countsFailuresOfEachLoop() {
        loops.start("failing", () -> {
            throw new IllegalStateException("as it should");
        });
        Awaiting.until(
                "two failures",
                () -> meters.get("millrace_loop_failures")
                                .tag("loop", "failing")
                                .functionCounter()
                                .count()
                        >= 2);
    }

    private boolean anyStuck() {
        return loops.watched().stream().anyMatch(Loops.Watched::stuck);
    }

    private Duration untilReleased() throws InterruptedException {
        release.await();
        return Duration.ofHours(1);
    }

    private static Duration turnedOnce(CountDownLatch turned) {
        turned.countDown();
        return Duration.ofHours(1);
    }
}
