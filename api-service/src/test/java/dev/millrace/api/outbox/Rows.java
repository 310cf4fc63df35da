package dev.millrace.api.outbox;

import dev.millrace.api.ApiServers;
import dev.millrace.testkit.Awaiting;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;

/** Looks at PostgreSQL behind the service's back. */
public final class Rows {

    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final Queue<Connection> IDLE = new ConcurrentLinkedQueue<>();

    private interface Work<T> {
        T on(Statement statement) throws SQLException;
    }

    private Rows() {}

    public static long count(String from) {
        return with(statement -> {
            try (ResultSet result = statement.executeQuery("select count(*) from " + from)) {
                result.next();
                return result.getLong(1);
            }
        });
    }

    public static void change(String sql) {
        with(statement -> statement.execute(sql));
    }

    /** Rows are locked in the order in which the service locks them, which may be at work on some. */
    public static void deleteJobs() {
        change("""
                with jobs as materialized (select id from api.job order by id for update)
                delete from api.job using jobs where job.id = jobs.id""");
    }

    private static <T> T with(Work<T> work) {
        try {
            Connection connection = connection();
            try (Statement statement = connection.createStatement()) {
                return work.on(statement);
            } finally {
                IDLE.add(connection);
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** One that was used before, unless its server has ended since: tests look often, and a new one takes milliseconds. */
    private static Connection connection() throws SQLException {
        Connection idle = IDLE.poll();
        while (idle != null && !idle.isValid(1)) {
            idle.close();
            idle = IDLE.poll();
        }
        return idle == null ? ApiServers.postgres().connect() : idle;
    }

    /** Returns when it is so; fails if it is not within 20 s. */
    public static void await(String what, BooleanSupplier condition) {
        Awaiting.until(what, DEADLINE, condition);
    }
}
