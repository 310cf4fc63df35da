package dev.millrace.api.base.timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.testkit.Awaiting;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TimeoutsTest {

    private static final Duration SHORT = Duration.ofMillis(1);
    private static final Duration LONG = Duration.ofHours(1);

    private final Timeouts timeouts = new Timeouts();

    @AfterEach
    void stop() {
        timeouts.stop();
    }

    @Test
    void whatNobodyCompletesFails() {
        CompletableFuture<String> never = timeouts.failLate(new CompletableFuture<>(), SHORT);

        assertThatThrownBy(never::join).hasCauseInstanceOf(TimeoutException.class);
    }

    @Test
    void orIsCompletedWithWhatTheCallerSaid() {
        assertThat(timeouts.completeLate(new CompletableFuture<>(), "late", SHORT)
                        .join())
                .isEqualTo("late");
    }

    @Test
    void whatIsCompletedInTimeStaysAsItIs() {
        CompletableFuture<String> inTime = timeouts.completeLate(new CompletableFuture<>(), "late", LONG);
        inTime.complete("in time");

        assertThat(inTime.join()).isEqualTo("in time");
        Awaiting.until("it is not watched any more", () -> timeouts.pending() == 0);
    }

    @Test
    void whoHasNoTimeIsNotKept() {
        assertThat(timeouts.completeLate(new CompletableFuture<>(), "late", Duration.ZERO))
                .isCompletedWithValue("late");
    }

    @Test
    void whatIsCompletedAlreadyIsNotWatched() {
        assertThat(timeouts.failLate(CompletableFuture.completedFuture("there"), LONG))
                .isCompletedWithValue("there");
        assertThat(timeouts.pending()).isZero();
    }
}
