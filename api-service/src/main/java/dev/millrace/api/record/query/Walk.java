package dev.millrace.api.record.query;

import dev.millrace.api.record.job.JobRows;
import dev.millrace.api.record.query.search.Search;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A statement on the jobs of one {@link ListIndex}, the newest first, of which those count that pass the rest of a filter. It
 * looks at {@link #MOST} jobs at most, however few of them pass, and says at which it stopped.
 *
 * @param parameters of the statement
 */
record Walk(String sql, Tuple parameters) {

    /** How many jobs one statement looks at. */
    static final int MOST = 2_000;

    /** What counts look at. */
    private static final String FILTERED =
            "id, created_at, state, task, queue, tags, schedule_id, parent, workflow, node, " + JobRows.NODE_NAME;

    /** What counts look at that search. */
    private static final String SEARCHED = FILTERED + ", metadata, payload, error_type, error_message";

    private static final String NEWEST_FIRST = "created_at desc, id desc";

    /**
     * Selects up to {@code limit} jobs and one more, which tells that there are further ones. If it stopped before it found
     * as many, the job at which it did comes beside them, marked as {@code stopped}.
     */
    static Walk page(ListIndex index, JobFilter filter, @Nullable PageCursor cursor, int limit) {
        return page(JobRows.COLUMNS, index, filter, cursor, limit);
    }

    /** As {@link #page}, of which nothing but id and created_at is wanted. */
    static Walk ids(ListIndex index, JobFilter filter, @Nullable PageCursor cursor, int limit) {
        return page(filtered(filter), index, filter, cursor, limit);
    }

    private static Walk page(
            String columns, ListIndex index, JobFilter filter, @Nullable PageCursor cursor, int limit) {
        Conditions where = new Conditions(index, filter, cursor);
        String more = where.parameter(limit + 1);
        return where.rest.isEmpty()
                ? where.walk("select *, false as stopped from (%s) as page"
                        .formatted(where.walked(columns, "limit " + more)))
                : where.walk("""
                    with passing as materialized (select * from (%s) as walked where %s limit %s)
                    select *, false as stopped from passing
                    union all
                    select *, true from (%s) as at where (select count(*) from passing) < %s
                    order by stopped, %s""".formatted(
                                where.walked(columns, "limit " + MOST),
                                where.rest(),
                                more,
                                where.walked(columns, "limit 1 offset %d - 1".formatted(MOST)),
                                few(more, cursor == null && filter.isCounted(), where),
                                where.newestFirst()));
    }

    /** So few jobs that the walk is to be asked where it stopped: less than wanted, and not all that there are. */
    private static String few(String wanted, boolean counted, Conditions where) {
        return counted
                ? "least(%s, (select coalesce(sum(n), 0) from api.job_count where %s and %s))"
                        .formatted(wanted, where.found(), where.rest())
                : wanted;
    }

    /**
     * Selects state and number {@code n} of the jobs of each state among those that it looks at; and if these are as many as
     * it may look at, created_at and id of the last of them, without a state.
     */
    static Walk counts(ListIndex index, JobFilter filter, @Nullable PageCursor cursor) {
        Conditions where = new Conditions(index, filter, cursor);
        return where.walk("""
                with walked as materialized (%1$s)
                select state, count(*) as n, null::timestamptz as created_at, null::uuid as id
                from walked where %2$s group by state
                union all
                (select null, null, created_at, id from walked
                where (select count(*) from walked) = %3$d order by %4$s limit 1)""".formatted(
                        where.walked(filtered(filter), "limit " + MOST), where.rest(), MOST, where.oldestFirst()));
    }

    private static String filtered(JobFilter filter) {
        return filter.search() == null ? FILTERED : SEARCHED;
    }

    /** What the index finds, and what is left to be looked at job by job. */
    private static final class Conditions {

        private final List<String> found = new ArrayList<>();
        private final List<String> rest = new ArrayList<>();
        private final Tuple parameters = Tuple.tuple();
        private final ListIndex index;
        private String order;

        private Conditions(ListIndex index, JobFilter filter, @Nullable PageCursor cursor) {
            this.index = index;
            this.order = newestFirst();
            found.add("tenant = " + parameter(filter.tenant()));
            // Written out, so that the index, which has not all states, is known to have it.
            add(ListIndex.WORKFLOW, "workflow", filter.origin().workflow(), this::parameter);
            if (filter.origin().node() != null) {
                rest.add("node_name = " + parameter(filter.origin().node()));
            }
            add(ListIndex.STATE, "state", filter.state(), state -> "'" + state.name() + "'");
            add(ListIndex.TASK, "task", filter.task(), this::parameter);
            add(ListIndex.QUEUE, "queue", filter.queue(), this::parameter);
            add(ListIndex.PARENT, "parent", filter.origin().parent(), parent -> parameter(parent.uuid()));
            add(ListIndex.SCHEDULE, "schedule_id", filter.origin().scheduleId(), this::parameter);
            if (filter.tag() != null && index == ListIndex.TAG) {
                found.add("tag = " + parameter(filter.tag()));
            } else if (filter.tag() != null) {
                rest.add(parameter(filter.tag()) + " = any(tags)");
            }
            if (filter.createdAfter() != null) {
                found.add("created_at > " + parameter(utc(filter.createdAfter())));
            }
            if (filter.createdBefore() != null) {
                found.add("created_at < " + parameter(utc(filter.createdBefore())));
            }
            Search search = filter.search();
            if (search != null) {
                found.addAll(search.indexed(this::parameter));
                rest.addAll(search.filtered(this::parameter));
            }
            if (cursor != null && index == ListIndex.ID) {
                found.add("id < " + parameter(cursor.id().uuid()));
            } else if (cursor != null) {
                String at = parameter(utc(cursor.createdAt()));
                found.add("(created_at, " + id() + ") < (" + at + ", "
                        + parameter(cursor.id().uuid()) + ")");
            }
        }

        /**
         * As a span of one value, in whose order only this index is: PostgreSQL takes a filter's value to be spread evenly
         * over time, and would look for one that was frequent long ago among all newer jobs.
         */
        private <T> void add(ListIndex its, String column, @Nullable T value, Function<T, String> sql) {
            if (value != null && index == its) {
                String text = sql.apply(value);
                found.add(column + " between " + text + " and " + text);
                order = column + ", " + NEWEST_FIRST;
            } else if (value != null) {
                rest.add(column + " = " + sql.apply(value));
            }
        }

        private Walk walk(String sql) {
            return new Walk(sql, parameters);
        }

        /** Selects the columns of those that the index finds, in its order. */
        private String walked(String columns, String limit) {
            return index == ListIndex.TAG
                    ? """
                        select %1$s from (
                            select job as tagged, created_at as tagged_at from api.job_tag where %2$s
                            order by created_at desc, job desc %3$s) as tag
                        cross join lateral (select %1$s from api.job where id = tagged limit 1) as job
                        order by tagged_at desc, tagged desc""".formatted(columns, found(), limit)
                    : "select %s from api.job where %s order by %s %s".formatted(columns, found(), order, limit);
        }

        /** The order of what was walked. That of ids is nearly that of their creation, for most ids are made of the time. */
        private String newestFirst() {
            return index == ListIndex.ID ? "id desc" : NEWEST_FIRST;
        }

        private String oldestFirst() {
            return index == ListIndex.ID ? "id" : "created_at, id";
        }

        private String id() {
            return index == ListIndex.TAG ? "job" : "id";
        }

        private String parameter(Object value) {
            parameters.addValue(value);
            return "$" + parameters.size();
        }

        private String found() {
            return String.join(" and ", found);
        }

        private String rest() {
            return rest.isEmpty() ? "true" : String.join(" and ", rest);
        }

        private static OffsetDateTime utc(Instant at) {
            return at.atOffset(ZoneOffset.UTC);
        }
    }
}
