package dev.millrace.api.live.events;

import dev.millrace.postgres.DatabaseUnavailable;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what the record answers. */
public final class Answers {

    private static final Duration AT_MOST = Duration.ofSeconds(5);

    private Answers() {}

    public static <T> T of(CompletionStage<T> asked) throws InterruptedException {
        try {
            return asked.toCompletableFuture().get(AT_MOST.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException away) {
            throw new DatabaseUnavailable("PostgreSQL did not answer a query within " + AT_MOST + ".", away);
        }
    }
}
