package dev.millrace.schedule.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class OnceTest {

    private static final Instant NOON = Instant.parse("2026-03-28T12:00:00Z");

    @Test
    void firesOnce() {
        Once once = new Once(NOON);
        assertThat(once.next(NOON.minusNanos(1))).contains(Occurrence.utc(NOON));
        assertThat(once.next(NOON)).isEmpty();
    }

    @Test
    void saysWhen() {
        assertThat(new Once(NOON).description()).isEqualTo("once, at 2026-03-28T12:00:00Z");
    }

    @Test
    void refusesATimeThatNoCalendarOfFourDigitsHas() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Once(Instant.MIN))
                .withMessageContaining("The time must lie between 1970-01-01T00:00:00Z");
    }
}
