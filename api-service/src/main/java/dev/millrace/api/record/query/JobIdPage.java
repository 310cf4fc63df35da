package dev.millrace.api.record.query;

import dev.millrace.job.JobId;
import dev.millrace.postgres.Tx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The ids of jobs that pass a filter, newest first, for whoever does something to them. Like a list it looks at a bounded number
 * of jobs: a page may have few of them, or none, and go on all the same.
 *
 * @param next where the next page begins; null on the last
 */
public record JobIdPage(List<JobId> ids, @Nullable PageCursor next) {

    private static final JobIdPage EMPTY = new JobIdPage(List.of(), null);

    public JobIdPage {
        ids = List.copyOf(ids);
    }

    /** Reads a page as part of a transaction. */
    public static JobIdPage read(Tx tx, JobFilter filter, @Nullable PageCursor cursor, int limit) {
        return index(tx, filter)
                .map(index -> Walk.ids(index, filter, cursor, limit))
                .map(walk -> of(tx, walk, limit))
                .orElse(EMPTY);
    }

    /** Counts jobs by their states as {@link JobQueries#counts} does, as part of a transaction. */
    public static Counts count(Tx tx, JobFilter filter, @Nullable PageCursor cursor) {
        if (filter.isCounted() && cursor == null) {
            return Counts.of(tx.run(CountedJobs.BY_STATE, values(CountedJobs.parameters(filter))));
        }
        return index(tx, filter)
                .map(index -> Walk.counts(index, filter, cursor))
                .map(walk -> Counts.of(tx.run(walk.sql(), values(walk.parameters()))))
                .orElse(Counts.NONE);
    }

    private static Optional<ListIndex> index(Tx tx, JobFilter filter) {
        return CountedJobs.tellsFewer(filter)
                ? CountedJobs.index(
                        filter,
                        tx.run(CountedJobs.SIZES, values(CountedJobs.parameters(filter)))
                                .iterator()
                                .next())
                : Optional.of(ListIndex.of(filter));
    }

    private static JobIdPage of(Tx tx, Walk walk, int limit) {
        List<PageCursor> found = new ArrayList<>();
        PageCursor stopped = null;
        for (Row row : tx.run(walk.sql(), values(walk.parameters()))) {
            if (row.getBoolean("stopped")) {
                stopped = PageCursor.of(row);
            } else {
                found.add(PageCursor.of(row));
            }
        }
        boolean full = found.size() > limit;
        List<PageCursor> page = full ? found.subList(0, limit) : found;
        return new JobIdPage(page.stream().map(PageCursor::id).toList(), full ? page.getLast() : stopped);
    }

    private static @Nullable Object[] values(Tuple parameters) {
        return IntStream.range(0, parameters.size())
                .mapToObj(parameters::getValue)
                .toArray();
    }
}
