package dev.millrace.api.base.db;

import dev.millrace.batch.Unprocessable;
import io.vertx.pgclient.PgException;
import java.time.DateTimeException;
import java.util.List;

/** PostgreSQL will never take what was to be written; nothing of it was written. */
public final class BadData extends Unprocessable {

    private static final long serialVersionUID = 1;

    /** Data exceptions, broken constraints, exceeded limits of a row or value. */
    private static final List<String> CLASSES = List.of("22", "23", "54");

    BadData(String message, Throwable cause) {
        super(message, cause);
    }

    /** What a failed write comes to: this, if trying again cannot mend it, else the failure itself. */
    static RuntimeException or(RuntimeException failure) {
        return switch (failure) {
            case PgException refused
            when isData(refused) -> new BadData("PostgreSQL refused it: " + refused.getErrorMessage(), refused);
            case IllegalArgumentException unwritable -> unwritable(unwritable);
            case ArithmeticException unwritable -> unwritable(unwritable);
            case DateTimeException unwritable -> unwritable(unwritable);
            case ClassCastException unwritable -> unwritable(unwritable);
            default -> failure;
        };
    }

    private static BadData unwritable(RuntimeException cause) {
        return new BadData("It cannot be written as PostgreSQL's types.", cause);
    }

    private static boolean isData(PgException refused) {
        String state = refused.getSqlState();
        return state != null && CLASSES.stream().anyMatch(state::startsWith);
    }
}
