package dev.millrace.postgres;

import dev.millrace.batch.Unprocessable;
import dev.millrace.log.QuotesData;
import io.vertx.pgclient.PgException;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** PostgreSQL will never take what was to be written; nothing of it was written. */
public final class BadData extends Unprocessable implements QuotesData {

    private static final long serialVersionUID = 1;

    /** Data exceptions, broken constraints, exceeded limits of a row or value. */
    private static final List<String> CLASSES = List.of("22", "23", "54");

    public BadData(String message, Throwable cause) {
        super(message, cause);
    }

    /** Returns what a failed write comes to: this, if trying again cannot mend it, else the failure itself. */
    public static RuntimeException or(RuntimeException failure) {
        Throwable refusal = refusal(failure);
        if (refusal != null) {
            return new BadData("PostgreSQL refused it: " + text(refusal), failure);
        }
        return switch (failure) {
            case IllegalArgumentException unwritable -> unwritable(unwritable);
            case ArithmeticException unwritable -> unwritable(unwritable);
            case DateTimeException unwritable -> unwritable(unwritable);
            case ClassCastException unwritable -> unwritable(unwritable);
            default -> failure;
        };
    }

    private static @Nullable String text(Throwable refusal) {
        return refusal instanceof PgException refused ? refused.getErrorMessage() : refusal.getMessage();
    }

    private static BadData unwritable(RuntimeException cause) {
        return new BadData("It cannot be written as PostgreSQL's types.", cause);
    }

    private static @Nullable Throwable refusal(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (isData(state(cause))) {
                return cause;
            }
        }
        return null;
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
