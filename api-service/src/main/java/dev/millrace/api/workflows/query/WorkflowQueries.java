package dev.millrace.api.workflows.query;

import dev.millrace.api.record.members.MemberRows;
import dev.millrace.api.record.members.MemberRows.Member;
import dev.millrace.api.workflows.graph.Graph;
import dev.millrace.api.workflows.graph.Node;
import dev.millrace.api.workflows.graph.Step;
import dev.millrace.api.workflows.record.NodeRows;
import dev.millrace.api.workflows.record.NodeRows.Seen;
import dev.millrace.api.workflows.record.Specs;
import dev.millrace.api.workflows.record.WorkflowLists;
import dev.millrace.api.workflows.record.WorkflowLists.Filter;
import dev.millrace.api.workflows.record.WorkflowRow;
import dev.millrace.api.workflows.record.WorkflowRows;
import dev.millrace.api.workflows.turn.WorkflowState;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.postgres.Db;
import dev.millrace.postgres.Tx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What can be asked of workflows; waits for the answer. */
@Singleton
public class WorkflowQueries {

    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final Db db;
    private final Specs specs;

    WorkflowQueries(Db db, Specs specs) {
        this.db = db;
        this.specs = specs;
    }

    /** Empty if there is no such workflow, or if it is another tenant's. */
    Optional<WorkflowView> find(String tenant, UUID id) {
        return db.session(LIMIT, tx -> WorkflowRows.find(tx, tenant, id).map(row -> view(tx, row)));
    }

    /** One that is there. */
    WorkflowView view(WorkflowRow row) {
        return db.session(LIMIT, tx -> view(tx, row));
    }

    private WorkflowView view(Tx tx, WorkflowRow row) {
        Graph graph = graph(tx, row);
        List<Seen> nodes = NodeRows.find(tx, List.of(row.id())).getOrDefault(row.id(), List.of());
        Map<Integer, Integer> runs = new HashMap<>();
        graph.nodes().stream()
                .filter(node -> node.step() instanceof Step.Task)
                .forEach(node -> runs.put(
                        node.number(), nodes.get(node.number()).status().run()));
        Map<Integer, JobId> jobs = runs.isEmpty() ? Map.of() : MemberRows.only(tx, row.id(), runs);
        return new WorkflowView(row, graph, nodes, jobs);
    }

    private Graph graph(Tx tx, WorkflowRow row) {
        return Objects.requireNonNull(
                specs.graphs(tx, Set.of(row.spec())).get(row.spec()), "A workflow has its graph.");
    }

    List<WorkflowRow> page(Filter filter, int limit) {
        return db.session(LIMIT, tx -> WorkflowLists.page(tx, filter, limit));
    }

    Map<WorkflowState, Long> counts(String tenant) {
        return db.session(LIMIT, tx -> WorkflowLists.counts(tx, tenant));
    }

    /** Members of the present run of a node, or of an earlier one. */
    List<Member> members(UUID workflow, Node node, int run, int behind, int atMost, @Nullable JobState state) {
        MemberRows.Place set = new MemberRows.Place(workflow, node.number(), run);
        return db.session(LIMIT, tx -> MemberRows.page(tx, set, behind, atMost, state));
    }
}
