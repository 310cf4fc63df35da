package dev.millrace.api.workflows.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.api.record.members.MemberRows;
import dev.millrace.api.record.members.MemberRows.Member;
import dev.millrace.api.workflows.turn.Failure;
import dev.millrace.api.workflows.turn.Results;
import dev.millrace.postgres.Tx;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the record knows of the members of a workflow, read when it is asked for, as part of a transaction. */
public final class RecordedResults implements Results {

    private static final int MAX_FAILURES = 100;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Tx tx;
    private final UUID workflow;

    public RecordedResults(Tx tx, UUID workflow) {
        this.tx = tx;
        this.workflow = workflow;
    }

    @Override
    public @Nullable JsonNode ofMember(int node, int run, int index) {
        return MemberRows.result(tx, set(node, run), index)
                .map(StoredJson::read)
                .orElse(null);
    }

    @Override
    public ArrayNode ofMembers(int node, int run, int size) {
        ArrayNode list = NODES.arrayNode(size);
        Map<Integer, String> results = MemberRows.results(tx, set(node, run));
        for (int i = 0; i < size; i++) {
            String result = results.get(i);
            list.add(result == null ? NODES.nullNode() : StoredJson.read(result));
        }
        return list;
    }

    @Override
    public long bytes(int node, int run) {
        return MemberRows.size(tx, set(node, run));
    }

    @Override
    public @Nullable Failure error(int node, int run, int index) {
        return MemberRows.failed(tx, set(node, run), index)
                .map(RecordedResults::failure)
                .orElse(null);
    }

    /** An end that says nothing of itself goes by its state. */
    private static Failure failure(Member member) {
        String type = member.errorType();
        return new Failure(type == null ? member.state().name() : type, member.errorMessage());
    }

    @Override
    public ArrayNode failures(int node, int run) {
        ArrayNode list = NODES.arrayNode();
        MemberRows.failures(tx, set(node, run), MAX_FAILURES).forEach(member -> list.add(document(member)));
        return list;
    }

    private static ObjectNode document(Member member) {
        Failure failure = failure(member);
        ObjectNode document = NODES.objectNode()
                .put("index", member.index())
                .put("state", member.state().name());
        document.putObject("error").put("type", failure.type()).put("message", failure.message());
        return document;
    }

    @Override
    public JsonNode items(int node, int run) {
        return StoredJson.read(NodeRows.items(tx, workflow, node, run));
    }

    private MemberRows.Place set(int node, int run) {
        return new MemberRows.Place(workflow, node, run);
    }
}
