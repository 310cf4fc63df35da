package dev.millrace.embedded;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Fills the record of an installation with jobs that ended within the last six days, as if they had been submitted in calls
 * of fifty: straight into the table, some twenty microseconds each. Nobody will run, requeue or delete them meanwhile.
 *
 * <p>The n-th job is of task {@code seeded.<n mod 3>}, on queue {@code seeded.<n mod 5>}; one in a thousand is FAILED, one in
 * five thousand CANCELLED; one in ten has the tag {@code tenth}, the oldest twentieth {@code oldest}; one in a hundred is of the
 * schedule {@code seeded}.
 */
public final class EndedJobs {

    private static final String INDEXES = """
            select indexdef, 'drop index api.' || quote_ident(indexname) from pg_indexes
            where schemaname = 'api' and tablename = 'job' and indexname <> 'job_pkey'""";

    private static final String INSERT = """
            insert into api.job (id, tenant, task, queue, priority, payload, tags, schedule_id, body_hash, created_at, changed_at,
                version, state, position, started_position, started_at, worker, ended_position, finished_at, duration_ms, result,
                error_type, error_message)
            select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || substr(md5(n::text), 1, 3) || '8'
                    || lpad(to_hex(n), 15, '0'))::uuid,
                (?::text[])[1 + n / 50 % $2], 'seeded.' || n % 3, 'seeded.' || n % 5, 5, '{"value":"' || repeat('0123456789', 10) || '"}',
                case when n % 10 = 0 then array['tenth'] else '{}' end || case when n <= $1 / 20 then array['oldest'] else '{}' end,
                case when n % 100 = 1 then 'seeded' end, '\\x00', at, at, 3, state, place, place, at, 'seeded', place,
                at + interval '1 second', 7, case when state = 'SUCCEEDED' then '{"value":1}' end,
                case when state = 'FAILED' then 'java.io.IOException' end, case when state = 'FAILED' then 'seeded' end
            from generate_series(1, $1) as n
            cross join lateral (select now() - interval '6 days' + (n - n % 50) * (interval '6 days' / $1) as at) created
            cross join lateral (select decode(lpad(to_hex(n), 50, '0'), 'hex') as place) ended
            cross join lateral (select case when n % 1000 = 0 then 'FAILED' when n % 5000 = 1 then 'CANCELLED'
                else 'SUCCEEDED' end as state) become""";

    private EndedJobs() {}

    /** Adds so many in one transaction, of the tenant {@code default}. Writers of the table wait for it. */
    public static void add(Connection connection, int jobs) throws SQLException {
        add(connection, jobs, List.of("default"));
    }

    /** As {@link #add(Connection, int)}, calls of these tenants in turn: who is named more often has more jobs. */
    public static void add(Connection connection, int jobs, List<String> tenants) throws SQLException {
        // A million rows take longer than anybody else waits for an answer.
        connection.setNetworkTimeout(Runnable::run, 0);
        connection.setAutoCommit(false);
        List<String> definitions = new ArrayList<>();
        List<String> drops = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet indexes = statement.executeQuery(INDEXES)) {
                while (indexes.next()) {
                    definitions.add(indexes.getString(1));
                    drops.add(indexes.getString(2));
                }
            }
            // Filled afterwards, an index takes a tenth of the time.
            run(statement, drops);
            insert(connection, jobs, tenants);
            run(statement, List.of("set local maintenance_work_mem = '256MB'"));
            run(statement, definitions);
            connection.commit();
            connection.setAutoCommit(true);
            statement.execute("vacuum analyze api.job");
        }
    }

    private static void insert(Connection connection, int jobs, List<String> tenants) throws SQLException {
        String sql = INSERT.replace("$1", Integer.toString(jobs)).replace("$2", Integer.toString(tenants.size()));
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setArray(1, connection.createArrayOf("text", tenants.toArray()));
            insert.executeUpdate();
        }
    }

    private static void run(Statement statement, List<String> commands) throws SQLException {
        for (String command : commands) {
            statement.execute(command);
        }
    }
}
