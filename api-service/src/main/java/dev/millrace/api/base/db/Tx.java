package dev.millrace.api.base.db;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One open transaction. Each call waits for its answer, within the time that the transaction has left. */
public final class Tx {

    private final SqlConnection connection;
    private final Deadline deadline;

    Tx(SqlConnection connection, Deadline deadline) {
        this.connection = connection;
        this.deadline = deadline;
    }

    /** A statement with its parameters {@code $1} and on; arrays are passed as arrays, null as null. */
    public RowSet<Row> run(String sql, @Nullable Object... parameters) {
        return deadline.await(connection.preparedQuery(sql).execute(Tuple.wrap(Arrays.asList(parameters))));
    }
}
