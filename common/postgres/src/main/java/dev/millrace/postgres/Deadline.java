package dev.millrace.postgres;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/** The time that a piece of work has left, spent by waiting. */
final class Deadline {

    private final LongSupplier nanos;
    private final Duration atMost;
    private final long end;

    Deadline(LongSupplier nanos, Duration atMost) {
        this.nanos = nanos;
        this.atMost = atMost;
        this.end = nanos.getAsLong() + atMost.toNanos();
    }

    /** Throws what the answer failed with, or {@link DatabaseUnavailable} if that says so, or if it does not come in time. */
    <T> T await(Future<T> answer) {
        try {
            return answer.toCompletionStage().toCompletableFuture().get(left(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failed) {
            throw failure(failed.getCause() == null ? failed : failed.getCause());
        } catch (TimeoutException late) {
            throw new DatabaseUnavailable("PostgreSQL did not do its part within " + atMost + ".", late);
        } catch (InterruptedException interrupted) {
            throw interrupted(interrupted);
        }
    }

    /** Takes a permit, or throws {@link DatabaseUnavailable} if there is none in time. */
    void acquire(Semaphore permits) {
        try {
            if (!permits.tryAcquire(left(), TimeUnit.NANOSECONDS)) {
                throw new DatabaseUnavailable(
                        "No connection to PostgreSQL was free within " + atMost + ".", new TimeoutException());
            }
        } catch (InterruptedException interrupted) {
            throw interrupted(interrupted);
        }
    }

    private static DatabaseUnavailable interrupted(InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return new DatabaseUnavailable("Interrupted while waiting for PostgreSQL.", interrupted);
    }

    private long left() {
        return Math.max(0, end - nanos.getAsLong());
    }

    private static RuntimeException failure(Throwable cause) {
        if (cause instanceof RuntimeException refused && !DatabaseUnavailable.causes(cause)) {
            return refused;
        }
        return new DatabaseUnavailable("PostgreSQL cannot be asked.", cause);
    }
}
