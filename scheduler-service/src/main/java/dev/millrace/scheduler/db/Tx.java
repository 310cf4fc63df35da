package dev.millrace.scheduler.db;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * One open transaction. Each call waits for its answer, within the time that the transaction has left. For the thread that
 * was given it.
 */
public final class Tx {

    private final Context context;
    private final Deadline deadline;
    private final CompletableFuture<@Nullable Void> begun = new CompletableFuture<>();
    private final CompletableFuture<@Nullable Void> work = new CompletableFuture<>();
    private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();

    private Tx(Context context, Deadline deadline) {
        this.context = context;
        this.deadline = deadline;
    }

    static Tx begin(Context context, Deadline deadline) {
        Tx tx = new Tx(VertxContext.createNewDuplicatedContext(context), deadline);
        tx.begin();
        return tx;
    }

    /** Panache keeps the session in the locals of this context, where {@link #ask} finds it. */
    private void begin() {
        VertxContextSafetyToggle.setContextSafe(context, true);
        context.runOnContext(now -> Panache.withTransaction(this::untilWorkIsDone)
                .subscribe()
                .with(done -> ended.complete(null), this::failed));
        try {
            deadline.await(begun);
        } catch (RuntimeException failure) {
            rollBack(failure);
            throw failure;
        }
    }

    private Uni<@Nullable Void> untilWorkIsDone() {
        begun.complete(null);
        return Uni.createFrom().completionStage(work);
    }

    private void failed(Throwable failure) {
        begun.completeExceptionally(failure);
        ended.completeExceptionally(failure);
    }

    void commit() {
        context.runOnContext(now -> work.complete(null));
        deadline.await(ended);
    }

    /** Waits for nothing: what PostgreSQL does not hear of, it forgets with the connection. */
    void rollBack(Throwable why) {
        context.runOnContext(now -> work.completeExceptionally(why));
    }

    /** What Panache is asked within this transaction. */
    public <T extends @Nullable Object> T ask(Supplier<Uni<T>> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        context.runOnContext(now -> Uni.createFrom()
                .deferred(question::get)
                .subscribe()
                .with(answer::complete, answer::completeExceptionally));
        return deadline.await(answer);
    }

    /** The rows of a statement in SQL with its parameters {@code ?1} and on. Entities are managed. */
    public <T> List<T> select(Class<T> type, String sql, Object... parameters) {
        return ask(() -> Panache.getSession()
                .chain(session ->
                        with(session.createNativeQuery(sql, type), parameters).getResultList()));
    }

    /** As {@link #select}, of one row. */
    public <T> T one(Class<T> type, String sql, Object... parameters) {
        return select(type, sql, parameters).getFirst();
    }

    /** Returns how many rows it changed. */
    public int run(String sql, Object... parameters) {
        return ask(() -> Panache.getSession()
                .chain(session ->
                        changing(session.createNativeQuery(sql), parameters).executeUpdate()));
    }

    private static <T> Mutiny.SelectionQuery<T> with(Mutiny.SelectionQuery<T> query, Object... parameters) {
        for (int i = 0; i < parameters.length; i++) {
            query.setParameter(i + 1, parameters[i]);
        }
        return query;
    }

    private static <T> Mutiny.Query<T> changing(Mutiny.Query<T> query, Object... parameters) {
        for (int i = 0; i < parameters.length; i++) {
            query.setParameter(i + 1, parameters[i]);
        }
        return query;
    }
}
