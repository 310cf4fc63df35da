package dev.millrace.api.record.query;

import dev.millrace.api.record.job.JobRow;
import dev.millrace.api.record.job.JobRows;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.job.Position;
import dev.millrace.postgres.DatabaseUnavailable;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What can be asked of the record. Stages end with {@link DatabaseUnavailable} when PostgreSQL gives
 * no answer within 2 s. */
@ApplicationScoped
public class JobQueries {

    public static final int MAX_PAGE = 200;

    private static final Duration AT_MOST = Duration.ofSeconds(2);
    private static final String FIND = "select " + JobRows.COLUMNS + " from api.job where tenant = $1 and id = $2";
    private static final String FIND_ALL = "select " + JobRows.COLUMNS + " from api.job where id = any($1)";

    private static final String ENDED_AMONG =
            "select id, ended_position from api.job where id = any($1) and ended_position is not null";

    private final Pool pool;

    public JobQueries(Pool pool) {
        this.pool = pool;
    }

    /** Empty if there is no such job, or if it is another tenant's. */
    public CompletionStage<Optional<JobRow>> find(String tenant, JobId id) {
        return ask(FIND, Tuple.of(tenant, id.uuid()))
                .thenApply(rows -> rows(rows).stream().findFirst());
    }

    /** Those of these jobs that exist, whosever they are: the caller must look at the tenant before it shows one. */
    public CompletionStage<Map<JobId, JobRow>> findAll(Collection<JobId> ids) {
        UUID[] wanted = ids.stream().map(JobId::uuid).toArray(UUID[]::new);
        return ask(FIND_ALL, Tuple.of((Object) wanted)).thenApply(JobQueries::byId);
    }

    /** Of those of these jobs that have ended, whosever they are, where their ends stand. */
    public CompletionStage<Map<JobId, Position>> endedAmong(Collection<JobId> ids) {
        UUID[] wanted = ids.stream().map(JobId::uuid).toArray(UUID[]::new);
        return ask(ENDED_AMONG, Tuple.of((Object) wanted)).thenApply(JobQueries::ends);
    }

    /**
     * A page of jobs, newest first.
     *
     * @param cursor the end of the page before; null for the first
     * @param limit 1 to {@link #MAX_PAGE}
     */
    public CompletionStage<JobPage> list(JobFilter filter, @Nullable PageCursor cursor, int limit) {
        if (limit < 1 || limit > MAX_PAGE) {
            throw new IllegalArgumentException("A page has 1 to " + MAX_PAGE + " jobs, not " + limit + ".");
        }
        Where where = Where.of(filter).behind(cursor);
        String sql = "select " + JobRows.COLUMNS + " from api.job where " + where.sql()
                + " order by created_at desc, id desc limit " + where.parameter(limit + 1);
        return ask(sql, where.parameters()).thenApply(rows -> JobPage.cut(rows(rows), limit));
    }

    /** How many there are in each of the nine states, zeros included. */
    public CompletionStage<Map<JobState, Long>> counts(JobFilter filter) {
        Where where = Where.of(filter);
        return ask("select state, count(*) from api.job where " + where.sql() + " group by state", where.parameters())
                .thenApply(JobQueries::byState);
    }

    private CompletableFuture<RowSet<Row>> ask(String sql, Tuple parameters) {
        return pool.preparedQuery(sql)
                .execute(parameters)
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(AT_MOST.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(outage(failure)));
    }

    private static Throwable outage(Throwable failure) {
        return DatabaseUnavailable.causes(failure)
                ? new DatabaseUnavailable("PostgreSQL cannot be asked for jobs.", failure)
                : failure;
    }

    private static List<JobRow> rows(RowSet<Row> found) {
        List<JobRow> rows = new ArrayList<>(found.size());
        found.forEach(row -> rows.add(JobRows.read(row)));
        return rows;
    }

    private static Map<JobId, JobRow> byId(RowSet<Row> found) {
        Map<JobId, JobRow> rows = HashMap.newHashMap(found.size());
        rows(found).forEach(row -> rows.put(row.id(), row));
        return rows;
    }

    private static Map<JobId, Position> ends(RowSet<Row> found) {
        Map<JobId, Position> ends = HashMap.newHashMap(found.size());
        found.forEach(row -> ends.put(
                new JobId(row.getUUID(0)), Position.unpack(row.getBuffer(1).getBytes())));
        return ends;
    }

    private static Map<JobState, Long> byState(RowSet<Row> found) {
        Map<JobState, Long> counts = new EnumMap<>(JobState.class);
        for (JobState state : JobState.values()) {
            counts.put(state, 0L);
        }
        found.forEach(row -> counts.put(JobState.valueOf(row.getString(0)), row.getLong(1)));
        return counts;
    }
}
