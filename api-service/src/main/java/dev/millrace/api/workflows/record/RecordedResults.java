package dev.millrace.api.workflows.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.api.record.members.MemberRows;
import dev.millrace.api.record.members.MemberRows.Member;
import dev.millrace.api.workflows.graph.Graph;
import dev.millrace.api.workflows.graph.Step;
import dev.millrace.api.workflows.record.ChildRows.Child;
import dev.millrace.api.workflows.turn.Failure;
import dev.millrace.api.workflows.turn.NodeStatus.Items;
import dev.millrace.api.workflows.turn.Results;
import dev.millrace.postgres.Tx;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the record knows of the members of a workflow, read when it is asked for, as part of a transaction. */
public final class RecordedResults implements Results {

    private static final int MAX_FAILURES = 100;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Tx tx;
    private final UUID workflow;
    private final Graph graph;

    public RecordedResults(Tx tx, UUID workflow, Graph graph) {
        this.tx = tx;
        this.workflow = workflow;
        this.graph = graph;
    }

    /** What a job left that has given its place to a workflow. */
    private static boolean isGraph(String result) {
        return result.startsWith("{\"$flow\":");
    }

    private boolean ofWorkflows(int node) {
        return graph.node(node).step().body() instanceof Step.Child;
    }

    @Override
    public @Nullable JsonNode ofMember(int node, int run, int index) {
        Optional<String> made = ofWorkflows(node) && index >= 0
                ? ChildRows.output(tx, set(node, run), index)
                : MemberRows.result(tx, set(node, run), index);
        if (made.filter(RecordedResults::isGraph).isPresent()) {
            made = ChildRows.output(tx, set(node, run), index);
        }
        return made.map(StoredJson::read).orElse(null);
    }

    @Override
    public ArrayNode ofMembers(int node, int run, int size) {
        ArrayNode list = NODES.arrayNode(size);
        Map<Integer, String> results =
                ofWorkflows(node) ? ChildRows.outputs(tx, set(node, run)) : MemberRows.results(tx, set(node, run));
        if (results.values().stream().anyMatch(RecordedResults::isGraph)) {
            results.values().removeIf(RecordedResults::isGraph);
            results.putAll(ChildRows.outputs(tx, set(node, run)));
        }
        for (int i = 0; i < size; i++) {
            String result = results.get(i);
            list.add(result == null ? NODES.nullNode() : StoredJson.read(result));
        }
        return list;
    }

    @Override
    public long bytes(int node, int run) {
        return ChildRows.size(tx, set(node, run)) + (ofWorkflows(node) ? 0 : MemberRows.size(tx, set(node, run)));
    }

    @Override
    public @Nullable Failure error(int node, int run, int index) {
        Optional<Failure> ofChild = index >= 0
                ? ChildRows.failed(tx, set(node, run), index).map(RecordedResults::failure)
                : Optional.empty();
        return ofChild.or(() -> MemberRows.failed(tx, set(node, run), index).map(RecordedResults::failure))
                .orElse(null);
    }

    /** An end that says nothing of itself goes by its state. */
    private static Failure failure(Member member) {
        return failure(member.errorType(), member.state().name(), member.errorMessage());
    }

    private static Failure failure(Child child) {
        return failure(child.errorType(), child.state().name(), child.errorMessage());
    }

    private static Failure failure(@Nullable String type, String state, @Nullable String message) {
        return new Failure(type == null ? state : type, message);
    }

    /** Of a node whose members are workflows, those that could not be made are rows as others are. */
    @Override
    public ArrayNode failures(int node, int run) {
        Map<Integer, ObjectNode> found = new TreeMap<>();
        MemberRows.failures(tx, set(node, run), MAX_FAILURES)
                .forEach(member -> found.put(
                        member.index(), document(member.index(), member.state().name(), failure(member))));
        ChildRows.failures(tx, set(node, run), MAX_FAILURES)
                .forEach(child -> found.put(
                        child.index(), document(child.index(), child.state().name(), failure(child))));
        ArrayNode list = NODES.arrayNode();
        found.values().stream().limit(MAX_FAILURES).forEach(list::add);
        return list;
    }

    private static ObjectNode document(int index, String state, Failure failure) {
        ObjectNode document = NODES.objectNode().put("index", index).put("state", state);
        document.putObject("error").put("type", failure.type()).put("message", failure.message());
        return document;
    }

    @Override
    public boolean anyPartial(int node, int run) {
        return ChildRows.anyPartial(tx, set(node, run));
    }

    @Override
    public Items items(int node, int run, int index) {
        return NodeRows.items(tx, workflow, node, run, index);
    }

    @Override
    public JsonNode cursor(int node, int run, int page) {
        return StoredJson.read(NodeRows.cursor(tx, workflow, node, run, page));
    }

    private MemberRows.Place set(int node, int run) {
        return new MemberRows.Place(workflow, node, run);
    }
}
