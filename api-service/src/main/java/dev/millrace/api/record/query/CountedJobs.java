package dev.millrace.api.record.query;

import dev.millrace.job.JobState;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code api.job_count}: how many jobs there are of each queue, task and state. It is exact at every moment, for it
 * changes in the transactions that change the jobs.
 */
final class CountedJobs {

    private static final String ALL =
            "($2::text is null or state = $2) and ($3::text is null or task = $3) and ($4::text is null or queue = $4)";

    /** Selects state and number {@code n} of the jobs that pass the filter. */
    static final String BY_STATE =
            "select state, sum(n)::bigint as n from api.job_count where tenant = $1 and " + ALL + " group by state";

    /** Selects how many jobs pass each condition of the filter alone, and how many all of them. */
    static final String SIZES = """
            select coalesce(sum(n) filter (where state = $2), 0)::bigint as state,
                coalesce(sum(n) filter (where task = $3), 0)::bigint as task,
                coalesce(sum(n) filter (where queue = $4), 0)::bigint as queue,
                coalesce(sum(n) filter (where %s), 0)::bigint as together
            from api.job_count where tenant = $1""".formatted(ALL);

    private static final Set<ListIndex> COUNTED = EnumSet.of(ListIndex.STATE, ListIndex.TASK, ListIndex.QUEUE);

    private CountedJobs() {}

    static Tuple parameters(JobFilter filter) {
        return Tuple.of(filter.tenant(), name(filter.state()), filter.task(), filter.queue());
    }

    private static @Nullable String name(@Nullable JobState state) {
        return state == null ? null : state.name();
    }

    /** Whether it is worth while to look at the sizes before the jobs: there may be none, or one index may be the better one. */
    static boolean tellsFewer(JobFilter filter) {
        if (ListIndex.ID.serves(filter)) {
            return false;
        }
        long conditions = Stream.of(ListIndex.values())
                        .filter(index -> index.serves(filter))
                        .count()
                - 1;
        return conditions > 1 || filter.state() == JobState.SUCCEEDED;
    }

    /** The index with the fewest jobs to look at; empty if no job passes the filter. */
    static Optional<ListIndex> index(JobFilter filter, Row sizes) {
        if (sizes.getLong("together") == 0) {
            return Optional.empty();
        }
        ListIndex first = ListIndex.of(filter);
        boolean counted = COUNTED.contains(first);
        return COUNTED.stream()
                .filter(index -> index.serves(filter))
                .min(Comparator.comparingLong(index -> size(index, sizes)))
                .filter(index -> counted || size(index, sizes) <= Walk.MOST)
                .or(() -> Optional.of(first));
    }

    private static long size(ListIndex index, Row sizes) {
        return sizes.getLong(index.name().toLowerCase(Locale.ROOT));
    }
}
