package dev.millrace.scheduler.db;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Runs transactions on the calling thread, which must not be an event loop. May be used by many threads. */
public final class Db {

    /** What is done in a transaction. */
    @FunctionalInterface
    public interface Work<T> {
        T in(Tx tx);
    }

    private final Vertx vertx;
    private final LongSupplier nanos;
    private volatile boolean answers;

    public Db(Vertx vertx, LongSupplier nanos) {
        this.vertx = vertx;
        this.nanos = nanos;
    }

    /**
     * Commits what the work did, and returns its result; whatever it throws rolls everything back.
     *
     * @param atMost for all of it, from asking for a connection to the answer of the commit
     * @throws BadData if PostgreSQL will never take what was to be written
     * @throws DatabaseUnavailable if it could not be asked; thrown by the commit itself, its outcome is unknown
     */
    public <T> T transaction(Duration atMost, Work<T> work) {
        try {
            T result = committed(Tx.begin(vertx.getOrCreateContext(), new Deadline(nanos, atMost)), work);
            answers = true;
            return result;
        } catch (DatabaseUnavailable away) {
            answers = false;
            throw away;
        }
    }

    private static <T> T committed(Tx tx, Work<T> work) {
        T result = done(tx, work);
        tx.commit();
        return result;
    }

    private static <T> T done(Tx tx, Work<T> work) {
        try {
            return work.in(tx);
        } catch (RuntimeException failure) {
            tx.rollBack(failure);
            throw failure;
        }
    }

    /** Whether the latest transaction found PostgreSQL at work; false before the first. */
    public boolean answers() {
        return answers;
    }
}
