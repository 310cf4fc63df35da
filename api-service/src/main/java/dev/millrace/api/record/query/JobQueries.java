package dev.millrace.api.record.query;

import dev.millrace.api.record.job.JobRow;
import dev.millrace.api.record.job.JobRows;
import dev.millrace.job.JobId;
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
     * A page of jobs, newest first. It looks at {@value Walk#MOST} jobs at most: a page of a filter that few of them pass may
     * have fewer jobs than asked for, or none, and go on all the same.
     *
     * @param cursor the end of the page before; null for the first
     * @param limit 1 to {@link #MAX_PAGE}
     */
    public CompletionStage<JobPage> list(JobFilter filter, @Nullable PageCursor cursor, int limit) {
        if (limit < 1 || limit > MAX_PAGE) {
            throw new IllegalArgumentException("A page has 1 to " + MAX_PAGE + " jobs, not " + limit + ".");
        }
        return index(filter)
                .thenCompose(index -> index.isEmpty()
                        ? CompletableFuture.completedFuture(JobPage.EMPTY)
                        : ask(Walk.page(index.get(), filter, cursor, limit))
                                .thenApply(rows -> JobPage.of(rows, limit)));
    }

    /**
     * How many there are in each of the nine states, zeros included. By tag, schedule or creation it looks at
     * {@value Walk#MOST} jobs at most, the newest first, and says where to go on.
     *
     * @param cursor the end of the jobs that were counted before; null for the newest
     */
    public CompletionStage<Counts> counts(JobFilter filter, @Nullable PageCursor cursor) {
        return filter.isCounted() && cursor == null
                ? ask(CountedJobs.BY_STATE, CountedJobs.parameters(filter)).thenApply(Counts::of)
                : index(filter)
                        .thenCompose(index -> index.isEmpty()
                                ? CompletableFuture.completedFuture(Counts.NONE)
                                : ask(Walk.counts(index.get(), filter, cursor)).thenApply(Counts::of));
    }

    /** The index along which there is least to look at; empty if no job passes the filter. */
    CompletionStage<Optional<ListIndex>> index(JobFilter filter) {
        return CountedJobs.tellsFewer(filter)
                ? ask(CountedJobs.SIZES, CountedJobs.parameters(filter))
                        .thenApply(sizes ->
                                CountedJobs.index(filter, sizes.iterator().next()))
                : CompletableFuture.completedFuture(Optional.of(ListIndex.of(filter)));
    }

    private CompletableFuture<RowSet<Row>> ask(Walk walk) {
        return ask(walk.sql(), walk.parameters());
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
}
