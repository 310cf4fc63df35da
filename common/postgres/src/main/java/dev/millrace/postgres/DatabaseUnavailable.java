package dev.millrace.postgres;

import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL could not be asked, or gave no answer. Of a commit that ended so it is not known whether it took effect.
 */
public final class DatabaseUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Classes of SQLSTATE: connection, resources, operator intervention, system error. */
    private static final Set<String> OUTAGES = Set.of("08", "53", "57", "58");

    /** A standby, or a server that was made read-only. */
    private static final String READ_ONLY = "25006";

    public DatabaseUnavailable(String message, Throwable cause) {
        super(message, cause);
    }

    /** Whether a failure says that PostgreSQL could not be asked, and not that it refused what was asked. */
    public static boolean causes(@Nullable Throwable failure) {
        return switch (failure) {
            case null -> false;
            case DatabaseUnavailable outage -> true;
            case PgException refused -> outage(refused.getSqlState());
            case ClosedConnectionException closed -> true;
            case CompletionException wrapped -> causes(wrapped.getCause());
            default -> failure instanceof IOException || failure instanceof TimeoutException || closedByVertx(failure);
        };
    }

    private static boolean outage(@Nullable String state) {
        return state != null
                && (state.equals(READ_ONLY) || (state.length() == 5 && OUTAGES.contains(state.substring(0, 2))));
    }

    private static boolean closedByVertx(Throwable failure) {
        return failure instanceof VertxException && !(failure instanceof io.vertx.sqlclient.DatabaseException);
    }
}
