package dev.millrace.api.workflows.query;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.api.http.access.Caller;
import dev.millrace.api.workflows.record.NodeRows.Seen;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Workflows as whoever follows them sees them: as of a version, and what changed since one. */
@Singleton
public class WorkflowChangesView {

    private final WorkflowQueries queries;
    private final WorkflowDocuments documents;

    WorkflowChangesView(WorkflowQueries queries, WorkflowDocuments documents) {
        this.queries = queries;
        this.documents = documents;
    }

    /** Empty if there is no such workflow, or if it is another tenant's. */
    public Optional<Change> of(Caller caller, UUID workflow) {
        return queries.find(caller.tenant(), workflow).map(view -> new Change(documents, caller, view));
    }

    /** A workflow as of its version. Nodes that have changed since its row was read belong to the next one. */
    public static final class Change {

        private final WorkflowDocuments documents;
        private final Caller caller;
        private final WorkflowView view;

        private Change(WorkflowDocuments documents, Caller caller, WorkflowView view) {
            this.documents = documents;
            this.caller = caller;
            this.view = view;
        }

        /** Whether a node that changed with a version, and has a number, is wanted. */
        @FunctionalInterface
        public interface Wanted {
            boolean isBefore(long version, int number);
        }

        /** A node, and the version of the workflow that changed it. */
        public record OfNode(long version, int number, ObjectNode document) {}

        public int run() {
            return view.row().run();
        }

        public long version() {
            return view.row().version();
        }

        public String state() {
            return view.row().state().name();
        }

        public boolean ended() {
            return view.row().state().ended();
        }

        /** The workflow with its nodes. */
        public ObjectNode whole() {
            return documents.of(caller, view);
        }

        /** The workflow without its nodes. */
        public ObjectNode head() {
            return documents.withoutNodes(caller, view);
        }

        /** The nodes that are wanted, in the order of versions and numbers. */
        public List<OfNode> nodesBehind(Wanted wanted) {
            return view.graph().nodes().stream()
                    .filter(node -> isWanted(view.nodes().get(node.number()), node.number(), wanted))
                    .map(node -> new OfNode(
                            view.nodes().get(node.number()).version(), node.number(), documents.node(view, node)))
                    .sorted(Comparator.comparingLong(OfNode::version).thenComparingInt(OfNode::number))
                    .toList();
        }

        private boolean isWanted(Seen seen, int number, Wanted wanted) {
            return seen.version() <= version() && wanted.isBefore(seen.version(), number);
        }
    }
}
