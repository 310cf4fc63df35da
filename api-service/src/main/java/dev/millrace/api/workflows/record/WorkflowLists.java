package dev.millrace.api.workflows.record;

import dev.millrace.api.workflows.turn.WorkflowState;
import dev.millrace.postgres.Tx;
import dev.millrace.postgres.Values;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Lists workflows, the newest first, and counts them. */
public final class WorkflowLists {

    private static final String PAGE = "select " + WorkflowRows.COLUMNS + """
             from api.workflow where tenant = $1
                and ($2::text is null or state = $2) and ($3::text is null or name = $3) and ($4::text is null or $4 = any(tags))
                and ($5::timestamptz is null or created_at > $5) and ($6::timestamptz is null or created_at < $6)
                and ($7::text is null or definition = $7)
                and ($8::text is null or schedule_id = $8)
                and ($9::timestamptz is null or (created_at, id) < ($9, $10::uuid))
            order by created_at desc, id desc limit $11""";

    private static final String COUNTS =
            "select state, count(*) as n from api.workflow where tenant = $1 group by state";

    private WorkflowLists() {}

    /**
     * Which workflows are meant; what is null does not restrict.
     *
     * @param beforeAt the place behind which they come; null from the newest on
     */
    public record Filter(
            String tenant,
            @Nullable WorkflowState state,
            @Nullable String name,
            @Nullable String tag,
            @Nullable Instant createdAfter,
            @Nullable Instant createdBefore,
            @Nullable String definition,
            @Nullable String scheduleId,
            @Nullable Instant beforeAt,
            @Nullable UUID beforeId) {}

    public static List<WorkflowRow> page(Tx tx, Filter filter, int limit) {
        WorkflowState state = filter.state();
        return tx.list(
                WorkflowRows::read,
                PAGE,
                filter.tenant(),
                state == null ? null : state.name(),
                filter.name(),
                filter.tag(),
                Values.time(filter.createdAfter()),
                Values.time(filter.createdBefore()),
                filter.definition(),
                filter.scheduleId(),
                Values.time(filter.beforeAt()),
                filter.beforeId(),
                limit);
    }

    /** How many there are in each state, zeros included. */
    public static Map<WorkflowState, Long> counts(Tx tx, String tenant) {
        Map<WorkflowState, Long> counts = new EnumMap<>(WorkflowState.class);
        for (WorkflowState state : WorkflowState.values()) {
            counts.put(state, 0L);
        }
        tx.run(COUNTS, tenant)
                .forEach(row -> counts.put(WorkflowState.valueOf(row.getString("state")), row.getLong("n")));
        return counts;
    }
}
