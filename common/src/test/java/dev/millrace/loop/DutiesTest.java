package dev.millrace.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DutiesTest {

    private static final Duration PERIOD = Duration.ofSeconds(5);

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 7);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Loops loops = new Loops(meters, nanos::get, Duration.ofSeconds(1));
    private final List<Runnable> calls = new ArrayList<>();
    private final Duties duties = new Duties((period, name, call) -> calls.add(call), loops, nanos::get);

    @Test
    void goOnAfterAFailureThatIsCounted() {
        AtomicLong turns = new AtomicLong();
        duties.start("count", PERIOD, () -> {
            if (turns.incrementAndGet() == 1) {
                throw new IllegalStateException("PostgreSQL is away");
            }
        });

        turn();
        turn();

        assertThat(turns).hasValue(2);
        assertThat(failures()).isEqualTo(1);
    }

    @Test
    void areOverdueWhenNobodyCallsThem() {
        duties.start("count", PERIOD, () -> {});
        turn();

        pass(PERIOD);
        assertThat(watched().role().overdue()).isZero();

        pass(Loops.LONGEST_TURN);
        assertThat(watched().stuck()).isFalse();

        pass(Duration.ofSeconds(1));
        assertThat(watched().stuck()).isTrue();
        assertThat(meters.get("millrace_loop_overdue")
                        .tag("loop", "count")
                        .timeGauge()
                        .value())
                .isPositive();
    }

    @Test
    void areOverdueFromTheStartOfATurnThatDoesNotEnd() {
        List<Duration> seen = new ArrayList<>();
        duties.start("count", PERIOD, () -> {
            pass(Duration.ofSeconds(40));
            seen.add(watched().role().overdue());
        });

        turn();

        assertThat(seen).containsExactly(Duration.ofSeconds(40));
        assertThat(watched().role().overdue()).isZero();
    }

    @Test
    void doNothingAnyMoreOnceTheLoopsAreStopped() {
        List<String> done = new ArrayList<>();
        duties.start("count", PERIOD, () -> done.add("counted"));

        loops.stop(Duration.ZERO);
        turn();

        assertThat(done).isEmpty();
    }

    private void turn() {
        calls.getFirst().run();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private Loops.Watched watched() {
        return loops.watched().getFirst();
    }

    private double failures() {
        return meters.get("millrace_loop_failures")
                .tag("loop", "count")
                .functionCounter()
                .count();
    }
}
