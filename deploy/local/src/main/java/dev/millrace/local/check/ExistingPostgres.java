package dev.millrace.local.check;

import dev.millrace.embedded.CannotStart;
import dev.millrace.embedded.PostgresUrl;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** A PostgreSQL that {@code DATABASE_URL} names: it lets us in. */
public final class ExistingPostgres {

    private static final Duration ANSWER = Duration.ofSeconds(5);

    private ExistingPostgres() {}

    /**
     * Checks it.
     *
     * @throws CannotStart if the address is none, or nobody answers there, or not to this user
     */
    public static void check(String text) {
        PostgresUrl url = parsed(text);
        try (Connection connection = url.connect(ANSWER)) {
            connection.setReadOnly(true);
        } catch (SQLException e) {
            throw new CannotStart(
                    "The database " + url + " (DATABASE_URL) does not let us in: " + e.getMessage() + ".", e);
        }
    }

    private static PostgresUrl parsed(String text) {
        try {
            return PostgresUrl.parse(text);
        } catch (IllegalArgumentException e) {
            throw new CannotStart("DATABASE_URL: " + e.getMessage(), e);
        }
    }
}
