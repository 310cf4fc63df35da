package dev.millrace.scheduler.db;

import io.vertx.pgclient.PgException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** PostgreSQL will never take what was to be written, however often it is tried; nothing of it was written. */
public final class BadData extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Data exceptions, broken constraints, exceeded limits of a row or value. */
    private static final List<String> CLASSES = List.of("22", "23", "54");

    BadData(PgException refused) {
        super("PostgreSQL refused it: " + refused.getErrorMessage(), refused);
    }

    /** What a failed statement comes to: this, or else {@link DatabaseUnavailable}. */
    static RuntimeException or(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PgException refused && isData(refused.getSqlState())) {
                return new BadData(refused);
            }
        }
        return new DatabaseUnavailable("PostgreSQL could not do it.", failure);
    }

    private static boolean isData(@Nullable String state) {
        return state != null && CLASSES.stream().anyMatch(state::startsWith);
    }
}
