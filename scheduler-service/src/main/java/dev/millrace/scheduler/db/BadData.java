package dev.millrace.scheduler.db;

import dev.millrace.batch.Unprocessable;
import io.vertx.pgclient.PgException;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** PostgreSQL will never take what was to be written, however often it is tried; nothing of it was written. */
public final class BadData extends Unprocessable {

    private static final long serialVersionUID = 1;

    /** Data exceptions, broken constraints, exceeded limits of a row or value. */
    private static final List<String> CLASSES = List.of("22", "23", "54");

    private BadData(Throwable refused) {
        super("PostgreSQL refused it: " + refused.getMessage(), refused);
    }

    /** What a failed statement comes to: this, or else {@link DatabaseUnavailable}. */
    static RuntimeException or(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (isData(state(cause))) {
                return new BadData(cause);
            }
        }
        return new DatabaseUnavailable("PostgreSQL could not do it.", failure);
    }

    /** Hibernate tells of some statements in the words of JDBC. */
    private static @Nullable String state(Throwable cause) {
        return switch (cause) {
            case PgException refused -> refused.getSqlState();
            case SQLException refused -> refused.getSQLState();
            default -> null;
        };
    }

    private static boolean isData(@Nullable String state) {
        return state != null && CLASSES.stream().anyMatch(state::startsWith);
    }
}
