package dev.millrace.api.record.query;

import io.vertx.sqlclient.Tuple;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A condition and its parameters; only what restricts is written, so that PostgreSQL can pick an index for it. */
final class Where {

    private final List<String> conditions = new ArrayList<>();
    private final Tuple parameters = Tuple.tuple();

    static Where of(JobFilter filter) {
        Where where = new Where().and("tenant = %s", filter.tenant());
        where.and("state = %s", filter.state() == null ? null : filter.state().name());
        where.and("task = %s", filter.task());
        where.and("queue = %s", filter.queue());
        // The second half makes the partial index on tags eligible.
        where.and("tags @> array[%s::text] and tags <> '{}'", filter.tag());
        where.and("schedule_id = %s", filter.scheduleId());
        where.and(
                "created_at > %s",
                filter.createdAfter() == null ? null : filter.createdAfter().atOffset(ZoneOffset.UTC));
        where.and(
                "created_at < %s",
                filter.createdBefore() == null ? null : filter.createdBefore().atOffset(ZoneOffset.UTC));
        return where;
    }

    Where behind(@Nullable PageCursor cursor) {
        if (cursor == null) {
            return this;
        }
        String createdAt = parameter(cursor.createdAt().atOffset(ZoneOffset.UTC));
        conditions.add("(created_at, id) < (" + createdAt + ", "
                + parameter(cursor.id().uuid()) + ")");
        return this;
    }

    String parameter(Object value) {
        parameters.addValue(value);
        return "$" + parameters.size();
    }

    String sql() {
        return String.join(" and ", conditions);
    }

    Tuple parameters() {
        return parameters;
    }

    private Where and(String condition, @Nullable Object value) {
        if (value != null) {
            conditions.add(condition.replace("%s", parameter(value)));
        }
        return this;
    }
}
