package dev.millrace.postgres;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowIterator;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** One open transaction. Each call waits for its answer, within the time that the transaction has left. */
public final class Tx {

    private final SqlConnection connection;
    private final Deadline deadline;

    Tx(SqlConnection connection, Deadline deadline) {
        this.connection = connection;
        this.deadline = deadline;
    }

    /** Runs a statement with its parameters {@code $1} and on; arrays are passed as arrays, null as null. */
    public RowSet<Row> run(String sql, @Nullable Object... parameters) {
        return deadline.await(connection.preparedQuery(sql).execute(Tuple.wrap(Arrays.asList(parameters))));
    }

    /** Returns what each row is read as. */
    public <T> List<T> list(Function<Row, T> reader, String sql, @Nullable Object... parameters) {
        return StreamSupport.stream(run(sql, parameters).spliterator(), false)
                .map(reader)
                .toList();
    }

    /** Returns what the first row is read as, if there is one. */
    public <T> Optional<T> first(Function<Row, T> reader, String sql, @Nullable Object... parameters) {
        RowIterator<Row> rows = run(sql, parameters).iterator();
        return rows.hasNext() ? Optional.of(reader.apply(rows.next())) : Optional.empty();
    }

    /** Returns the number in the first column of the only row. */
    public long number(String sql, @Nullable Object... parameters) {
        return run(sql, parameters).iterator().next().getLong(0);
    }
}
