package dev.millrace.api.tasks;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for PostgreSQL on a virtual thread; never to be used on an event loop. */
final class Awaited {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private Awaited() {}

    /** @throws CatalogUnavailable if the work failed or took more than 5 s; it may still be done later */
    static <T> T result(Future<T> work) {
        try {
            return work.toCompletionStage().toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new CatalogUnavailable("PostgreSQL refused it", e);
        } catch (TimeoutException e) {
            throw new CatalogUnavailable("PostgreSQL did not answer within " + PATIENCE, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CatalogUnavailable("the thread was interrupted", e);
        }
    }
}
