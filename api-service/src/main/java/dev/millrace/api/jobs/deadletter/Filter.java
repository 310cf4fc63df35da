package dev.millrace.api.jobs.deadletter;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters of a tenant are meant; what is null does not restrict.
 *
 * @param open neither requeued nor resolved; else those that are one of the two
 * @param fingerprint of the group
 * @param failedAfter exclusive
 * @param failedBefore exclusive
 */
record Filter(
        String tenant,
        boolean open,
        @Nullable String task,
        @Nullable String queue,
        @Nullable String errorType,
        @Nullable String fingerprint,
        @Nullable UUID job,
        @Nullable Instant failedAfter,
        @Nullable Instant failedBefore) {

    static Filter open(String tenant) {
        return new Filter(tenant, true, null, null, null, null, null, null, null);
    }

    /**
     * The filter as a condition, which names only what restricts: so PostgreSQL plans for the index that serves it, however
     * often the statement was prepared.
     */
    Condition condition() {
        Condition condition = new Condition();
        condition.and("tenant = %s", tenant).and("open = %s", open);
        condition.and("task = %s", task).and("queue = %s", queue).and("error_type = %s", errorType);
        condition.and("fingerprint = %s", fingerprint).and("job = %s", job);
        return condition.and("failed_at > %s", at(failedAfter)).and("failed_at < %s", at(failedBefore));
    }

    private static @Nullable Object at(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }

    /** A condition in SQL with the parameters that it names, to which a statement may add its own. */
    static final class Condition {

        private final List<String> parts = new ArrayList<>();
        private final List<Object> parameters = new ArrayList<>();

        /** Restricts to where this holds of the value; a null does not restrict. */
        private Condition and(String part, @Nullable Object value) {
            if (value != null) {
                parts.add(part.formatted(parameter(value)));
            }
            return this;
        }

        /** The name under which a statement that has this condition finds the value. */
        String parameter(Object value) {
            parameters.add(value);
            return "$" + parameters.size();
        }

        String sql() {
            return String.join(" and ", parts);
        }

        Object[] parameters() {
            return parameters.toArray();
        }
    }
}
