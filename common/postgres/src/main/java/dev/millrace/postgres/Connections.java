package dev.millrace.postgres;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;

/** Where the connections of a {@link Db} come from and go to. */
abstract class Connections {

    private static final Logger LOG = Logger.getLogger(Connections.class);

    private final Pool pool;

    private Connections(Pool pool) {
        this.pool = pool;
    }

    /** From the pool, and back to it after each use. */
    static Connections pooled(Pool pool) {
        return new Pooled(pool);
    }

    /**
     * From the pool, and kept here from then on: to take one from it and to give it back costs the caller and the client's
     * thread a switch each, which a lone statement feels.
     *
     * @param size how many connections the pool may open, all of which are for this
     */
    static Connections kept(Pool pool, int size) {
        return new Kept(pool, size);
    }

    /** A connection for one user at a time. */
    interface Lease {

        SqlConnection connection();

        /**
         * Ends the use.
         *
         * @param answered whether all that was asked on it was answered, so that it can be used again at once
         */
        void release(boolean answered);
    }

    /** @throws DatabaseUnavailable if none could be had in time */
    abstract Lease lease(Deadline deadline);

    final SqlConnection open(Deadline deadline) {
        Future<SqlConnection> opening = pool.getConnection();
        try {
            SqlConnection opened = deadline.await(opening);
            // Without one the client prints the stack trace to the console, past the logs.
            opened.exceptionHandler(Connections::failed);
            return opened;
        } catch (DatabaseUnavailable late) {
            // Nobody waits for it any more.
            opening.onSuccess(SqlConnection::close);
            throw late;
        }
    }

    /** Whoever waits for a statement on it is told, too. */
    private static void failed(Throwable cause) {
        LOG.debugf(cause, "A connection to PostgreSQL was lost.");
    }

    private static final class Pooled extends Connections {

        private Pooled(Pool pool) {
            super(pool);
        }

        @Override
        Lease lease(Deadline deadline) {
            return new Once(open(deadline));
        }

        private record Once(SqlConnection connection) implements Lease {

            @Override
            public void release(boolean answered) {
                connection.close();
            }
        }
    }

    private static final class Kept extends Connections {

        private final Semaphore free;
        private final Deque<Again> idle = new ConcurrentLinkedDeque<>();

        private Kept(Pool pool, int size) {
            super(pool);
            this.free = new Semaphore(size, true);
        }

        @Override
        Lease lease(Deadline deadline) {
            deadline.acquire(free);
            try {
                Again kept = idle.pollFirst();
                return kept == null ? new Again(open(deadline)) : kept;
            } catch (RuntimeException none) {
                free.release();
                throw none;
            }
        }

        private final class Again implements Lease {

            private final SqlConnection connection;
            private volatile boolean lost;

            private Again(SqlConnection connection) {
                this.connection = connection;
                connection.closeHandler(closed -> lose());
            }

            private void lose() {
                lost = true;
                idle.remove(this);
            }

            @Override
            public SqlConnection connection() {
                return connection;
            }

            /** It may be lost at any moment; that it is kept all the same would cost its next user a failure. */
            @Override
            public void release(boolean answered) {
                if (answered) {
                    idle.addFirst(this);
                } else {
                    connection.close();
                }
                if (lost) {
                    idle.remove(this);
                }
                free.release();
            }
        }
    }
}
