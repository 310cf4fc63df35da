package dev.millrace.api.record.query;

import dev.millrace.job.JobState;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many jobs there are in each of the nine states, zeros included.
 *
 * @param next where the jobs begin that were not looked at; null if there are none
 */
public record Counts(Map<JobState, Long> byState, @Nullable PageCursor next) {

    static final Counts NONE = new Counts(Map.of(), null);

    public Counts {
        Map<JobState, Long> all = new EnumMap<>(JobState.class);
        for (JobState state : JobState.values()) {
            all.put(state, byState.getOrDefault(state, 0L));
        }
        byState = Collections.unmodifiableMap(all);
    }

    /** Of rows with a state and its number; one without a state is the last job that was looked at. */
    static Counts of(RowSet<Row> rows) {
        Map<JobState, Long> byState = new EnumMap<>(JobState.class);
        PageCursor next = null;
        for (Row row : rows) {
            String state = row.getString("state");
            if (state == null) {
                next = PageCursor.of(row);
            } else {
                byState.put(JobState.valueOf(state), row.getLong("n"));
            }
        }
        return new Counts(byState, next);
    }
}
