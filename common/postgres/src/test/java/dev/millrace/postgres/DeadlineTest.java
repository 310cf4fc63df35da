package dev.millrace.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DeadlineTest {

    private final AtomicLong nanos = new AtomicLong();
    private final Deadline deadline = new Deadline(nanos::get, Duration.ofSeconds(5));

    @Test
    void returnsAnAnswerThatIsThereAlsoWhenNoTimeIsLeft() {
        nanos.set(Duration.ofSeconds(9).toNanos());

        assertThat(deadline.await(Future.succeededFuture("answer"))).isEqualTo("answer");
    }

    @Test
    void waitsNoLongerThanIsLeft() {
        nanos.set(Duration.ofSeconds(5).toNanos());

        assertThatThrownBy(() -> deadline.await(Promise.promise().future()))
                .isInstanceOf(DatabaseUnavailable.class)
                .hasMessage("PostgreSQL did not do its part within PT5S.");
    }

    @Test
    void throwsWhatPostgresqlRefusedAsItIs() {
        PgException refused = new PgException("duplicate key", "ERROR", "23505", "");

        assertThatThrownBy(() -> deadline.await(Future.failedFuture(refused))).isSameAs(refused);
    }

    @Test
    void tellsWhatNobodyAnsweredFromWhatWasRefused() {
        assertThatThrownBy(() -> deadline.await(Future.failedFuture(new IOException("connection reset"))))
                .isInstanceOf(DatabaseUnavailable.class);
        assertThatThrownBy(
                        () -> deadline.await(Future.failedFuture(new PgException("going down", "FATAL", "57P01", ""))))
                .isInstanceOf(DatabaseUnavailable.class);
    }

    @Test
    void keepsTheInterruptOfWhoWaits() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> deadline.await(Promise.promise().future())).isInstanceOf(DatabaseUnavailable.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
