package dev.millrace.api.workflows.query;

import dev.millrace.api.record.members.MemberRows;
import dev.millrace.api.record.members.MemberRows.Member;
import dev.millrace.api.workflows.graph.Graph;
import dev.millrace.api.workflows.graph.Node;
import dev.millrace.api.workflows.graph.Step;
import dev.millrace.api.workflows.record.ChildRows;
import dev.millrace.api.workflows.record.ChildRows.Child;
import dev.millrace.api.workflows.record.NodeRows;
import dev.millrace.api.workflows.record.NodeRows.Seen;
import dev.millrace.api.workflows.record.Specs;
import dev.millrace.api.workflows.record.WorkflowLists;
import dev.millrace.api.workflows.record.WorkflowLists.Filter;
import dev.millrace.api.workflows.record.WorkflowRow;
import dev.millrace.api.workflows.record.WorkflowRows;
import dev.millrace.api.workflows.turn.WorkflowState;
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
        Map<Integer, Integer> tasks = runs(graph, nodes, Step.Task.class);
        Map<Integer, Integer> children = runs(graph, nodes, Step.Child.class);
        nodes.stream()
                .map(Seen::status)
                .filter(node -> node.grafts() > 0 && graph.node(node.number()).step() instanceof Step.Task)
                .forEach(node -> children.put(node.number(), node.run()));
        return new WorkflowView(
                row,
                graph,
                nodes,
                tasks.isEmpty() ? Map.of() : MemberRows.only(tx, row.id(), tasks),
                children.isEmpty() ? Map.of() : ChildRows.only(tx, row.id(), children));
    }

    /** The runs of those nodes whose step is of that kind. */
    private static Map<Integer, Integer> runs(Graph graph, List<Seen> nodes, Class<? extends Step> kind) {
        Map<Integer, Integer> runs = new HashMap<>();
        graph.nodes().stream()
                .filter(node -> kind.isInstance(node.step()))
                .forEach(node -> runs.put(
                        node.number(), nodes.get(node.number()).status().run()));
        return runs;
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

    /** Jobs that are members of a run of a node, also those that could not be made. */
    List<Member> members(UUID workflow, Node node, int run, int behind, int atMost, @Nullable JobState state) {
        return db.session(LIMIT, tx -> MemberRows.page(tx, set(workflow, node, run), behind, atMost, state));
    }

    /** Workflows that are members of a run of a node. */
    List<Child> children(UUID workflow, Node node, int run, int behind, int atMost, @Nullable String state) {
        return db.session(LIMIT, tx -> ChildRows.page(tx, set(workflow, node, run), behind, atMost, state));
    }

    private static MemberRows.Place set(UUID workflow, Node node, int run) {
        return new MemberRows.Place(workflow, node.number(), run);
    }
}
