package dev.millrace.api.workflows.record;

import dev.millrace.api.workflows.turn.Failure;
import dev.millrace.api.workflows.turn.Flow;
import dev.millrace.api.workflows.turn.NodeState;
import dev.millrace.api.workflows.turn.NodeStatus;
import dev.millrace.api.workflows.turn.NodeStatus.Counters;
import dev.millrace.api.workflows.turn.NodeStatus.Items;
import dev.millrace.api.workflows.turn.NodeStatus.Pages;
import dev.millrace.api.workflows.turn.NodeStatus.Times;
import dev.millrace.postgres.Columns;
import dev.millrace.postgres.Tx;
import dev.millrace.postgres.Values;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The tables {@code api.node} and {@code api.node_items}. Rows are written in the order of their keys. */
public final class NodeRows {

    private static final String NAMES =
            "workflow, number, run, state, size, made, succeeded, failed, cause, result, error_type,"
                    + " error_message, due_at, started_at, finished_at, undo, pages_asked, pages_read, pages_over, grafts";

    private static final String ARRAYS =
            "$1::uuid[], $2::int4[], $3::int4[], $4::text[], $5::int4[], $6::int4[], $7::int4[], $8::int4[],"
                    + " $9::int4[], $10::text[], $11::text[], $12::text[], $13::timestamptz[], $14::timestamptz[], $15::timestamptz[], $16::text[], $17::int4[], $18::int4[], $19::bool[], $20::int4[]";

    private static final String ADD =
            "insert into api.node (" + NAMES + ", name) select * from unnest(" + ARRAYS + ", $21::text[])";

    private static final String UPDATE = """
            update api.node n set run = c.run, state = c.state, size = c.size, made = c.made, succeeded = c.succeeded, failed = c.failed,
                cause = c.cause, result = c.result, error_type = c.error_type, error_message = c.error_message, due_at = c.due_at,
                started_at = c.started_at, finished_at = c.finished_at, undo = c.undo, pages_asked = c.pages_asked,
                pages_read = c.pages_read, pages_over = c.pages_over, grafts = c.grafts,
                version = (select w.version from api.workflow w where w.id = n.workflow)
            from unnest(%s) as c (%s)
            where n.workflow = c.workflow and n.number = c.number""".formatted(ARRAYS, NAMES);

    private static final String FIND =
            "select version, " + NAMES + " from api.node where workflow = any($1) order by workflow, number";

    private static final String ADD_ITEMS =
            "insert into api.node_items (workflow, number, run, page, first, items, next) values ($1, $2, $3, $4, $5, $6, $7)";

    private static final String ITEMS = """
            select page, first, items, next from api.node_items
            where workflow = $1 and number = $2 and run = $3 and first <= $4 order by page desc limit 1""";

    private static final String CURSOR =
            "select next from api.node_items where workflow = $1 and number = $2 and run = $3 and page = $4";

    private NodeRows() {}

    /** A node of a workflow that a turn has changed. */
    private record Changed(Flow flow, NodeStatus node) {}

    /** How a node stands, and since which version of its workflow. */
    public record Seen(NodeStatus status, long version) {}

    /** Adds all nodes of new workflows. */
    public static void add(Tx tx, Collection<Flow> flows) {
        List<Changed> all = flows.stream()
                .flatMap(flow -> flow.nodes().stream().map(node -> new Changed(flow, node)))
                .toList();
        if (all.isEmpty()) {
            return;
        }
        Columns<Changed> of = new Columns<>(all);
        List<Object> values = new ArrayList<>(values(of));
        values.add(of.texts(one -> one.flow().graph().node(one.node().number()).name()));
        tx.run(ADD, values.toArray());
        addItems(tx, all);
    }

    /** Writes the nodes that turns have changed, as of the versions that the rows of their workflows have by now. */
    public static void update(Tx tx, Collection<Flow> flows) {
        List<Changed> changed = flows.stream()
                .flatMap(flow ->
                        flow.nodes().stream().filter(NodeStatus::changed).map(node -> new Changed(flow, node)))
                .toList();
        if (!changed.isEmpty()) {
            tx.run(UPDATE, values(new Columns<>(changed)).toArray());
            addItems(tx, changed);
        }
    }

    private static void addItems(Tx tx, List<Changed> changed) {
        changed.forEach(one -> addItems(tx, one.flow(), one.node()));
    }

    private static void addItems(Tx tx, Flow flow, NodeStatus node) {
        Items items = node.newItems();
        if (items != null) {
            tx.run(
                    ADD_ITEMS,
                    flow.id(),
                    node.number(),
                    node.run(),
                    items.page(),
                    items.first(),
                    items.items().toString(),
                    items.next() == null ? null : items.next().toString());
        }
    }

    /** The items that were kept of a map, of which one has that index. */
    static Items items(Tx tx, UUID workflow, int node, int run, int index) {
        return tx.first(
                        row -> new Items(
                                row.getInteger("page"),
                                row.getInteger("first"),
                                StoredJson.read(row.getString("items")),
                                StoredJson.readOrNull(row.getString("next"))),
                        ITEMS,
                        workflow,
                        node,
                        run,
                        index)
                .orElseThrow(() -> new IllegalStateException("A map that has begun has its items."));
    }

    /** Where the page behind that one begins, JSON. */
    static String cursor(Tx tx, UUID workflow, int node, int run, int page) {
        return tx.first(row -> row.getString("next"), CURSOR, workflow, node, run, page)
                .orElseThrow(() -> new IllegalStateException("A page that was read is kept."));
    }

    /** The nodes of these workflows, in the order of their numbers. */
    public static Map<UUID, List<Seen>> find(Tx tx, Collection<UUID> workflows) {
        Map<UUID, List<Seen>> nodes = new HashMap<>();
        tx.run(FIND, (Object) workflows.toArray(UUID[]::new))
                .forEach(row -> nodes.computeIfAbsent(row.getUUID("workflow"), one -> new ArrayList<>())
                        .add(new Seen(read(row), row.getLong("version"))));
        return nodes;
    }

    private static List<Object> values(Columns<Changed> of) {
        return List.of(
                of.uuids(one -> one.flow().id()),
                of.ints(one -> one.node().number()),
                of.ints(one -> one.node().run()),
                of.texts(one -> one.node().state().name()),
                of.ints(counter(Counters::size)),
                of.ints(counter(Counters::made)),
                of.ints(counter(Counters::succeeded)),
                of.ints(counter(Counters::failed)),
                of.ints(one -> one.node().cause()),
                of.texts(one -> one.node().result() == null
                        ? null
                        : String.valueOf(one.node().result())),
                of.texts(error(Failure::type)),
                of.texts(error(Failure::message)),
                of.times(one -> one.node().times().due()),
                of.times(one -> one.node().times().started()),
                of.times(one -> one.node().times().finished()),
                of.texts(one -> one.node().undo() == null
                        ? null
                        : String.valueOf(one.node().undo())),
                of.ints(one -> one.node().pages().asked()),
                of.ints(one -> one.node().pages().read()),
                of.booleans(one -> one.node().pages().over()),
                of.ints(one -> one.node().grafts()));
    }

    private static Function<Changed, Integer> counter(Function<Counters, Integer> counter) {
        return one -> counter.apply(one.node().counters());
    }

    private static Function<Changed, @Nullable String> error(Function<Failure, @Nullable String> part) {
        return one -> {
            Failure error = one.node().error();
            return error == null ? null : part.apply(error);
        };
    }

    private static NodeStatus read(Row row) {
        String errorType = row.getString("error_type");
        return NodeStatus.of(
                        row.getInteger("number"),
                        row.getInteger("run"),
                        NodeState.valueOf(row.getString("state")),
                        new Counters(
                                row.getInteger("size"),
                                row.getInteger("made"),
                                row.getInteger("succeeded"),
                                row.getInteger("failed")),
                        row.getString("undo") == null ? null : NodeState.valueOf(row.getString("undo")),
                        row.getInteger("cause"),
                        StoredJson.readOrNull(row.getString("result")),
                        errorType == null ? null : new Failure(errorType, row.getString("error_message")),
                        new Times(
                                Values.instantOrNull(row, "due_at"),
                                Values.instantOrNull(row, "started_at"),
                                Values.instantOrNull(row, "finished_at")))
                .with(new Pages(
                        row.getInteger("pages_asked"), row.getInteger("pages_read"), row.getBoolean("pages_over")))
                .withGrafts(row.getInteger("grafts"));
    }
}
