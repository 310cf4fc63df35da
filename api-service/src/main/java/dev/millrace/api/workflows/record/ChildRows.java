package dev.millrace.api.workflows.record;

import dev.millrace.api.record.members.MemberRows.Place;
import dev.millrace.api.workflows.turn.WorkflowState;
import dev.millrace.postgres.Columns;
import dev.millrace.postgres.Tx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Workflows by their places in others, as part of a transaction. Those around and those inside are never locked for each other. */
public final class ChildRows {

    /** What a workflow tells those in it. */
    public static final String CANCEL = "cancel";

    public static final String RETRY = "retry";

    private static final String ADD = """
            insert into api.workflow (id, tenant, name, spec, body_hash, input, borrowed, priority, tags, metadata, trace_parent, state,
                finished_at, error_type, error_message, deadline_at, parent, parent_node, parent_name, parent_run, parent_index, root, depth, retry)
            select id, tenant, name, spec, spec, input, borrowed, priority, string_to_array(tags, ','), metadata, trace_parent,
                case when error_type is null then 'SCHEDULED' else 'FAILED' end, case when error_type is not null then now() end,
                error_type, error_message, now() + timeout_ms * interval '1 millisecond', parent, parent_node, parent_name, parent_run, parent_index, root, depth, retry
            from unnest($1::uuid[], $2::text[], $3::text[], $4::bytea[], $5::text[], $6::text[], $7::int2[], $8::text[], $9::text[],
                $10::text[], $11::int8[], $12::uuid[], $13::int4[], $14::text[], $15::int4[], $16::int4[], $17::uuid[], $18::int2[], $19::text[], $20::text[], $21::text[])
                as c (id, tenant, name, spec, input, borrowed, priority, tags, metadata, trace_parent, timeout_ms,
                    parent, parent_node, parent_name, parent_run, parent_index, root, depth, error_type, error_message, retry)""";

    private static final String OF_NODE =
            " from api.workflow where parent = $1 and parent_node = $2 and parent_run = $3";
    private static final String SUCCEEDED = " and state in ('SUCCEEDED', 'PARTIAL')";
    private static final String UNSUCCESSFUL = " and finished_at is not null and state not in ('SUCCEEDED', 'PARTIAL')";

    private static final String OUTPUT = "select output" + OF_NODE + " and parent_index = $4" + SUCCEEDED;

    private static final String SIZE = "select coalesce(sum(octet_length(output)), 0)::bigint" + OF_NODE + SUCCEEDED;

    private static final String OUTPUTS =
            "select parent_index, output" + OF_NODE + SUCCEEDED + " and output is not null and output <> 'null'";

    private static final String MEMBER = "select id, parent_index, state, error_type, error_message";

    private static final String FAILED = MEMBER + OF_NODE + " and parent_index = $4" + UNSUCCESSFUL;

    private static final String FAILURES = MEMBER + OF_NODE + UNSUCCESSFUL + " order by parent_index limit $4";

    private static final String PAGE = MEMBER + OF_NODE
            + " and parent_index > $4 and ($6::text is null or state = $6) order by parent_index limit $5";

    private static final String ANY_PARTIAL = "select exists (select" + OF_NODE + " and state = 'PARTIAL')";

    private static final String ONLY =
            "select parent_node, parent_run, id from api.workflow where parent = $1 and parent_index = 0 and parent_node = any($2)";

    /** One that was told to go on, and has not yet, is told of the run that this will be. */
    private static final String TELL_LIVE = """
            insert into api.flow_mail (workflow, kind, run, body)
            select w.id, 'cancel', case when w.finished_at is null then w.run else w.run + 1 end, $3::text from api.workflow w
            where w.parent = $1 and ($2::int4[] is null or w.parent_node = any($2)) and (w.finished_at is null
                or exists (select from api.flow_mail m where m.workflow = w.id and m.kind = 'retry' and m.run = w.run))
            order by w.id""";

    private static final String TELL_UNSUCCESSFUL = """
            with told as (
                select id, run, state from api.workflow where parent = $1 and parent_node = $2 and parent_run = $3
                    and finished_at is not null and state <> 'SUCCEEDED' and error_type is distinct from 'GraftInvalid'),
            mailed as (insert into api.flow_mail (workflow, kind, run) select id, 'retry', run from told order by id)
            select count(*) filter (where state = 'PARTIAL') as partial, count(*) filter (where state <> 'PARTIAL') as failed
            from told""";

    private static final String TELL_PARENT = """
            insert into api.flow_mail (workflow, number, run, succeeded, failed)
            select parent, parent_node, parent_run, -(state = 'PARTIAL')::int, -(state <> 'PARTIAL')::int
            from api.workflow where id = $1 and parent is not null""";

    private static final String HOLD_PARENT = """
            select p.id from api.workflow p where p.id = (select parent from api.workflow where tenant = $1 and id = $2) for no key update""";

    private static final String OPEN = """
            select n.state from api.workflow w join api.node n on n.workflow = w.parent and n.number = w.parent_node
            where w.id = $1 and n.state = 'RUNNING' and n.run = w.parent_run and n.error_type is null and n.cause is null""";

    private ChildRows() {}

    /**
     * A member that is a workflow, as it stands.
     *
     * @param errorType null unless it failed and said why
     */
    public record Child(
            UUID id,
            int index,
            WorkflowState state,
            @Nullable String errorType,
            @Nullable String errorMessage) {}

    /** How many that had ended were told to go on. */
    public record GoingOn(int partial, int failed) {}

    /** Adds them. Their nodes, and mail that wakes them, are to be added in the same commit. */
    public static void add(Tx tx, List<NewChild> children) {
        if (children.isEmpty()) {
            return;
        }
        Columns<NewChild> of = new Columns<>(children);
        tx.run(
                ADD,
                of.uuids(NewChild::id),
                of.texts(NewChild::tenant),
                of.texts(NewChild::name),
                of.bytes(child -> Buffer.buffer(child.spec().hash().bytes())),
                of.texts(child -> child.input().toString()),
                of.texts(child ->
                        child.borrowed() == null ? null : child.borrowed().toString()),
                of.shorts(child ->
                        child.priority() == null ? null : child.priority().shortValue()),
                of.texts(child -> String.join(",", child.tags())),
                of.texts(NewChild::metadata),
                of.texts(NewChild::traceParent),
                of.longs(child ->
                        child.timeout() == null ? null : child.timeout().toMillis()),
                of.uuids(child -> child.parent().workflow()),
                of.ints(child -> child.parent().node()),
                of.texts(child -> child.parent().name()),
                of.ints(child -> child.parent().run()),
                of.ints(child -> child.parent().index()),
                of.uuids(child -> child.parent().root()),
                of.shorts(child -> (short) child.parent().depth()),
                of.texts(child ->
                        child.failure() == null ? null : child.failure().type()),
                of.texts(child ->
                        child.failure() == null ? null : child.failure().message()),
                of.texts(NewChild::retry));
    }

    /** The JSON of what a member made; empty unless it succeeded and made something. */
    public static Optional<String> output(Tx tx, Place set, int index) {
        return tx.first(
                        row -> Optional.ofNullable(row.getString("output")),
                        OUTPUT,
                        set.workflow(),
                        set.node(),
                        set.run(),
                        index)
                .flatMap(output -> output);
    }

    /** How many bytes the outputs of all members have. */
    public static long size(Tx tx, Place set) {
        return tx.number(SIZE, set.workflow(), set.node(), set.run());
    }

    /** The JSON of what the members made that succeeded and made something, by their index. */
    public static Map<Integer, String> outputs(Tx tx, Place set) {
        Map<Integer, String> outputs = new TreeMap<>();
        tx.run(OUTPUTS, set.workflow(), set.node(), set.run())
                .forEach(row -> outputs.put(row.getInteger("parent_index"), row.getString("output")));
        return outputs;
    }

    /** A member that ended without success; empty if it is none. */
    public static Optional<Child> failed(Tx tx, Place set, int index) {
        return tx.first(ChildRows::child, FAILED, set.workflow(), set.node(), set.run(), index);
    }

    /** The first members that ended without success, by their index. */
    public static List<Child> failures(Tx tx, Place set, int atMost) {
        return tx.list(ChildRows::child, FAILURES, set.workflow(), set.node(), set.run(), atMost);
    }

    /** Members behind an index, by their index; in that state only, if one is given. */
    public static List<Child> page(Tx tx, Place set, int behind, int atMost, @Nullable String state) {
        return tx.list(ChildRows::child, PAGE, set.workflow(), set.node(), set.run(), behind, atMost, state);
    }

    /** Whether a member succeeded in part. */
    public static boolean anyPartial(Tx tx, Place set) {
        return tx.run(ANY_PARTIAL, set.workflow(), set.node(), set.run())
                .iterator()
                .next()
                .getBoolean(0);
    }

    /** The workflow of each of these nodes that is its only member, of the node's latest run. */
    public static Map<Integer, UUID> only(Tx tx, UUID workflow, Map<Integer, Integer> runs) {
        Map<Integer, UUID> children = new TreeMap<>();
        tx.run(ONLY, workflow, runs.keySet().toArray(Integer[]::new)).forEach(row -> {
            int node = row.getInteger("parent_node");
            if (row.getInteger("parent_run").equals(runs.get(node))) {
                children.put(node, row.getUUID("id"));
            }
        });
        return children;
    }

    /** Has the members of these nodes that live cancelled, by mail. */
    public static void cancel(Tx tx, UUID workflow, Collection<Integer> nodes, @Nullable String reason) {
        tx.run(TELL_LIVE, workflow, nodes.toArray(Integer[]::new), reason);
    }

    /** As {@link #cancel}, of all nodes. */
    public static void cancelAll(Tx tx, UUID workflow, @Nullable String reason) {
        tx.run(TELL_LIVE, workflow, null, reason);
    }

    /** Has the members of a node that ended without success, or in part, go on, by mail; they tell nobody that they do. */
    public static GoingOn retry(Tx tx, Place set) {
        return tx.first(
                        row -> new GoingOn(
                                row.getLong("partial").intValue(),
                                row.getLong("failed").intValue()),
                        TELL_UNSUCCESSFUL,
                        set.workflow(),
                        set.node(),
                        set.run())
                .orElseThrow();
    }

    /** Tells the workflow around one that has ended, and is locked, that it goes on. */
    public static void tellParent(Tx tx, UUID child) {
        tx.run(TELL_PARENT, child);
    }

    /** Locks the workflow around one, if there is any; to be done before that one is locked. */
    public static void holdParent(Tx tx, String tenant, UUID child) {
        tx.run(HOLD_PARENT, tenant, child);
    }

    /** Whether the node of which it is a member still counts its members; the workflow around it is locked. */
    public static boolean isCounted(Tx tx, UUID child) {
        return tx.first(row -> row.getString("state"), OPEN, child).isPresent();
    }

    private static Child child(Row row) {
        return new Child(
                row.getUUID("id"),
                row.getInteger("parent_index"),
                WorkflowState.valueOf(row.getString("state")),
                row.getString("error_type"),
                row.getString("error_message"));
    }
}
