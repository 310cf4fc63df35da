package dev.millrace.proving.chaos.history;

import dev.millrace.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The record of jobs in PostgreSQL, read past the api. Every answer is empty while PostgreSQL gives none. */
public final class JobTable {

    private static final Pattern NUMBER = Pattern.compile("\"n\"\\s*:\\s*(\\d+)");
    private static final String FINISHED = millis("finished_at");

    private final EmbeddedPostgres postgres;

    public JobTable(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    /** How many jobs have ended, and how many there are. */
    public record Count(long ended, long all) {}

    /** An end as a client could have seen it. */
    public record End(String job, String state, long finishedAt) {}

    public Optional<Count> count() {
        String sql = "select count(finished_at), count(*) from api.job";
        return ask(sql, rows -> new Count(rows.getLong(1), rows.getLong(2))).map(List::getFirst);
    }

    /** How many jobs wait in PostgreSQL because Redis has no room for them. */
    public long parked() {
        String sql = "select count(*) from api.job where parked is not null and finished_at is null";
        return ask(sql, rows -> rows.getLong(1)).map(List::getFirst).orElse(0L);
    }

    /** Every job. */
    public Optional<List<Row>> rows() {
        String sql = "select id, payload, task, state, run, attempt, " + FINISHED
                + ", coalesce(error_type, '') from api.job";
        return ask(sql, JobTable::row);
    }

    /** Every tick of every schedule, in the order of their times. */
    public Optional<List<Fire>> fires() {
        String sql = "select f.schedule, " + millis("f.at") + ", f.outcome, f.job, " + millis("j.created_at")
                + " from api.schedule_fire f left join api.job j on j.id = f.job order by f.schedule, f.at";
        return ask(
                sql,
                rows -> new Fire(
                        rows.getString(1), rows.getLong(2), rows.getString(3), rows.getString(4), rows.getLong(5)));
    }

    /** The ends among what changed in the last seconds. */
    public Optional<List<End>> endsOfTheLast(int seconds) {
        String sql = "select id, state, " + FINISHED + " from api.job where finished_at is not null"
                + " and changed_at > now() - make_interval(secs => " + seconds + ")";
        return ask(sql, rows -> new End(rows.getString(1), rows.getString(2), rows.getLong(3)));
    }

    private static String millis(String column) {
        return "coalesce((extract(epoch from %s) * 1000)::bigint, 0)".formatted(column);
    }

    private static Row row(ResultSet rows) throws SQLException {
        return new Row(
                rows.getString(1),
                number(rows.getString(2)),
                rows.getString(3),
                rows.getString(4),
                rows.getLong(5),
                rows.getInt(6),
                rows.getLong(7),
                rows.getString(8));
    }

    private static long number(String payload) {
        Matcher found = NUMBER.matcher(payload);
        return found.find() ? Long.parseLong(found.group(1)) : -1;
    }

    @FunctionalInterface
    private interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }

    private <T> Optional<List<T>> ask(String sql, Reading<T> reading) {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<T> all = new ArrayList<>();
            while (rows.next()) {
                all.add(reading.of(rows));
            }
            return Optional.of(all);
        } catch (SQLException away) {
            return Optional.empty();
        }
    }
}
