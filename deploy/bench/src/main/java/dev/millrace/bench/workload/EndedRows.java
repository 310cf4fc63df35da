package dev.millrace.bench.workload;

import dev.millrace.embedded.PostgresUrl;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * Jobs that ended long ago, written straight into the record: copies of one that has ended, under ids of an earlier time. So
 * many would take hours to run.
 */
record EndedRows(PostgresUrl database) {

    private static final Duration LONGEST = Duration.ofMinutes(20);

    /** All columns but the id, whatever they are. */
    private static final String COLUMNS = """
            select string_agg(quote_ident(column_name), ', ') from information_schema.columns
             where table_schema = 'api' and table_name = 'job' and column_name <> 'id'""";

    /** Returns when they are there and PostgreSQL has looked at them. */
    void add(long rows) {
        try (Connection connection = database.connect(LONGEST);
                Statement statement = connection.createStatement()) {
            int copied = statement.executeUpdate(copy(columns(statement), rows));
            if (copied != rows) {
                throw new IllegalStateException("No job has ended yet that could be copied.");
            }
            statement.execute("vacuum analyze api.job");
        } catch (SQLException e) {
            throw new IllegalStateException("The record takes no ended rows: " + e.getMessage(), e);
        }
    }

    private static String copy(String columns, long rows) {
        return """
            insert into api.job (id, %1$s)
            select cast(lpad(to_hex(cast(extract(epoch from now()) * 1000 as bigint) - 1000000000 + number), 12, '0')
                   || '7000' || '8' || substr(md5(cast(number as text)), 1, 15) as uuid), %1$s
              from (select * from api.job where state = 'SUCCEEDED' and task = 'bench.noop' limit 1) as ended, generate_series(1, %2$d) as number""".formatted(columns, rows);
    }

    private static String columns(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(COLUMNS)) {
            row.next();
            return row.getString(1);
        }
    }
}
