package dev.millrace.local.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final Duration YOUNG = Duration.ofSeconds(1);

    private final RestartBackoff backoff = new RestartBackoff(Duration.ofSeconds(1), Duration.ofSeconds(5));

    @Test
    void doublesUpToTheLongestWhileLivesAreShort() {
        assertThat(backoff.next(Duration.ZERO, YOUNG)).hasSeconds(1);
        assertThat(backoff.next(Duration.ofSeconds(1), YOUNG)).hasSeconds(2);
        assertThat(backoff.next(Duration.ofSeconds(4), YOUNG)).hasSeconds(5);
    }

    @Test
    void beginsAnewAfterALongLife() {
        assertThat(backoff.next(Duration.ofSeconds(5), Duration.ofMinutes(1))).hasSeconds(1);
    }

    @Test
    void refusesToShrink() {
        assertThatThrownBy(() -> new RestartBackoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .hasMessageContaining("PT2S to PT1S");
    }
}
