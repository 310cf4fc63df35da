package dev.millrace.api.workflows.record;

import dev.millrace.api.workflows.turn.WorkflowState;
import dev.millrace.postgres.Tx;
import dev.millrace.postgres.Values;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
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
                and %s
            order by created_at desc, id desc limit $11""";

    private static final String ROOTS = PAGE.formatted("parent is null");
    private static final String OF_PARENT = PAGE.formatted("parent = $12");
    private static final String OF_ROOT = PAGE.formatted("(root = $12 or id = $12)");
    private static final String OF_BOTH = PAGE.formatted("parent = $12 and (root = $13 or id = $13)");

    private static final String COUNTS =
            "select state, count(*) as n from api.workflow where tenant = $1 and parent is null group by state";

    private WorkflowLists() {}

    /**
     * Which workflows are meant; what is null does not restrict.
     *
     * @param root of the trees of which they are; null, with no parent, for those that were started by themselves
     * @param parent around them
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
            @Nullable UUID beforeId,
            @Nullable UUID root,
            @Nullable UUID parent) {}

    public static List<WorkflowRow> page(Tx tx, Filter filter, int limit) {
        WorkflowState state = filter.state();
        List<@Nullable Object> values = new ArrayList<>();
        values.add(filter.tenant());
        values.add(state == null ? null : state.name());
        values.add(filter.name());
        values.add(filter.tag());
        values.add(Values.time(filter.createdAfter()));
        values.add(Values.time(filter.createdBefore()));
        values.add(filter.definition());
        values.add(filter.scheduleId());
        values.add(Values.time(filter.beforeAt()));
        values.add(filter.beforeId());
        values.add(limit);
        Stream.of(filter.parent(), filter.root()).filter(Objects::nonNull).forEach(values::add);
        return tx.list(WorkflowRows::read, statement(filter), values.toArray());
    }

    private static String statement(Filter filter) {
        if (filter.parent() == null) {
            return filter.root() == null ? ROOTS : OF_ROOT;
        }
        return filter.root() == null ? OF_PARENT : OF_BOTH;
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
