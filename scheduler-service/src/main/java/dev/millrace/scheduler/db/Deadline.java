package dev.millrace.scheduler.db;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The time that a transaction has left, spent by waiting. */
final class Deadline {

    private final LongSupplier nanos;
    private final Duration atMost;
    private final long end;

    Deadline(LongSupplier nanos, Duration atMost) {
        this.nanos = nanos;
        this.atMost = atMost;
        this.end = nanos.getAsLong() + atMost.toNanos();
    }

    /** Throws {@link BadData} or {@link DatabaseUnavailable} if the answer is a failure, or does not come in time. */
    <T extends @Nullable Object> T await(CompletableFuture<T> answer) {
        try {
            return answer.get(Math.max(0, end - nanos.getAsLong()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failed) {
            throw BadData.or(failed);
        } catch (TimeoutException late) {
            throw new DatabaseUnavailable("PostgreSQL did not do its part within " + atMost + ".", late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DatabaseUnavailable("Interrupted while waiting for PostgreSQL.", interrupted);
        }
    }
}
