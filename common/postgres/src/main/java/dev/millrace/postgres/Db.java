package dev.millrace.postgres;

import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Runs transactions on the calling thread, which must not be an event loop. May be used by many threads. */
public final class Db {

    /** What is done in a transaction. */
    @FunctionalInterface
    public interface Work<T> {
        T in(Tx tx);
    }

    private final Connections connections;
    private final LongSupplier nanos;
    private volatile boolean answers;

    /**
     * Asks nothing yet.
     *
     * @param nanos as {@link System#nanoTime}
     */
    public Db(Pool pool, LongSupplier nanos) {
        this(Connections.pooled(pool), nanos);
    }

    private Db(Connections connections, LongSupplier nanos) {
        this.connections = connections;
        this.nanos = nanos;
    }

    /**
     * One that keeps the connections that it has opened, so that nobody else can use the pool. It is for many short pieces of
     * work on few threads.
     *
     * @param size how many connections the pool may open
     */
    public static Db keeping(Pool pool, int size, LongSupplier nanos) {
        return new Db(Connections.kept(pool, size), nanos);
    }

    /**
     * Commits what the work did, and returns its result; whatever it throws rolls everything back.
     *
     * @param atMost for all of it, from asking for a connection to the answer of the commit
     * @throws DatabaseUnavailable if PostgreSQL could not be asked; thrown by the commit itself, its outcome is unknown
     */
    public <T> T transaction(Duration atMost, Work<T> work) {
        return connected(atMost, (connection, deadline) -> {
            Transaction transaction = deadline.await(connection.begin());
            try {
                T result = work.in(new Tx(connection, deadline));
                deadline.await(transaction.commit());
                return result;
            } catch (RuntimeException failure) {
                transaction.rollback();
                throw failure;
            }
        });
    }

    /**
     * As {@link #transaction}, for data that somebody else has written.
     *
     * @throws BadData if PostgreSQL will never take them
     */
    public <T> T vetting(Duration atMost, Work<T> work) {
        return vetted(() -> transaction(atMost, work));
    }

    private static <T> T vetted(Supplier<T> writing) {
        try {
            return writing.get();
        } catch (RuntimeException failure) {
            throw BadData.or(failure);
        }
    }

    /** As {@link #transaction}, each statement being a transaction of its own, all on one connection. */
    public <T> T session(Duration atMost, Work<T> work) {
        return connected(atMost, (connection, deadline) -> work.in(new Tx(connection, deadline)));
    }

    /**
     * As {@link #session}, for data that somebody else has written.
     *
     * @throws BadData if PostgreSQL will never take those of a statement; what the statements before it wrote stays
     */
    public <T> T vettingEach(Duration atMost, Work<T> work) {
        return vetted(() -> session(atMost, work));
    }

    /** Whether PostgreSQL could be asked the latest time that it was; false before the first. */
    public boolean answers() {
        return answers;
    }

    private interface Connected<T> {
        T with(SqlConnection connection, Deadline deadline);
    }

    private <T> T connected(Duration atMost, Connected<T> work) {
        try {
            T result = onConnection(atMost, work);
            answers = true;
            return result;
        } catch (DatabaseUnavailable away) {
            answers = false;
            throw away;
        }
    }

    private <T> T onConnection(Duration atMost, Connected<T> work) {
        Deadline deadline = new Deadline(nanos, atMost);
        Connections.Lease lease = connections.lease(deadline);
        boolean answered = false;
        try {
            T result = work.with(lease.connection(), deadline);
            answered = true;
            return result;
        } finally {
            lease.release(answered);
        }
    }
}
