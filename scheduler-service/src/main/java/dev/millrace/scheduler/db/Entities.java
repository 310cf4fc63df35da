package dev.millrace.scheduler.db;

import dev.millrace.postgres.BadData;
import dev.millrace.postgres.DatabaseUnavailable;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Runs units of work on entities, each a transaction, while the calling thread waits; it must not be an event loop. What the
 * work decides is decided on one.
 */
public final class Entities {

    private Entities() {}

    /**
     * Commits what the work did, and returns its result; a failure of the work rolls everything back.
     *
     * @param atMost for all of it, from asking for a connection to the answer of the commit
     * @throws BadData if PostgreSQL will never take what was to be written
     * @throws DatabaseUnavailable if PostgreSQL could not do it, or not in time: then the outcome is unknown
     * @throws IllegalArgumentException if the work did
     */
    public static <T> T transaction(Duration atMost, Supplier<Uni<T>> work) {
        try {
            return VertxContextSupport.subscribeAndAwait(
                    () -> Panache.withTransaction(work).ifNoItem().after(atMost).fail());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DatabaseUnavailable("Interrupted while waiting for PostgreSQL.", interrupted);
        } catch (Throwable failure) {
            throw named(failure);
        }
    }

    /** Does the work for one after the other. */
    public static <T> Uni<Void> forEach(List<T> all, Function<T, Uni<?>> work) {
        return Multi.createFrom()
                .iterable(all)
                .onItem()
                .transformToUniAndConcatenate(one -> work.apply(one).replaceWithVoid())
                .collect()
                .last()
                .replaceWithVoid();
    }

    private static RuntimeException named(Throwable failure) {
        return switch (failure) {
            case Error broken -> throw broken;
            case IllegalArgumentException ofTheWork -> ofTheWork;
            case RuntimeException refused when BadData.or(refused) instanceof BadData bad -> bad;
            default -> new DatabaseUnavailable("PostgreSQL could not do it.", failure);
        };
    }
}
