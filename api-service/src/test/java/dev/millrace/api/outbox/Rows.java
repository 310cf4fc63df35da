package dev.millrace.api.outbox;

import dev.millrace.api.ApiServers;
import dev.millrace.testkit.Awaiting;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Looks at PostgreSQL behind the service's back. */
public final class Rows {

    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private Rows() {}

    public static long count(String from) {
        try (Connection connection = ApiServers.postgres().connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select count(*) from " + from)) {
            result.next();
            return result.getLong(1);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    public static void change(String sql) {
        try (Connection connection = ApiServers.postgres().connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Returns when it is so; fails if it is not within 20 s. */
    public static void await(String what, BooleanSupplier condition) {
        Awaiting.until(what, DEADLINE, condition);
    }
}
