package dev.millrace.api.workflows.turn;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.workflows.graph.Graph;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A workflow in the middle of a turn, which changes it. */
public final class Flow {

    final UUID id;
    final @Nullable String name;
    final Graph graph;
    final JsonNode input;
    final @Nullable JsonNode borrowed;
    final List<NodeStatus> nodes;
    int run;
    final @Nullable Instant deadline;
    final boolean cancelRequested;
    final boolean compensateRequested;
    Attempt attempt;
    WorkflowState state;

    @Nullable
    Instant startsAt;

    @Nullable
    Instant started;

    @Nullable
    Instant finished;

    @Nullable
    Instant due;

    @Nullable
    JsonNode output;

    @Nullable
    Long outputOmitted;

    @Nullable
    Failure error;

    @Nullable
    Boolean compensated;

    boolean changed;

    /**
     * As it was written.
     *
     * @param borrowed what it needs of the graph around it: by the pointers of places, a list with the value there, or an empty one of a
     *     step that was skipped; null if it stands alone
     * @param startsAt when it begins, while it is SCHEDULED
     * @param deadline when it times out; null if it never does
     * @param error why it is being cancelled, if it is because of its deadline
     */
    public Flow(
            UUID id,
            @Nullable String name,
            Graph graph,
            JsonNode input,
            @Nullable JsonNode borrowed,
            List<NodeStatus> nodes,
            int run,
            WorkflowState state,
            @Nullable Instant startsAt,
            @Nullable Instant started,
            @Nullable Instant deadline,
            boolean cancelRequested,
            boolean compensateRequested,
            Attempt attempt,
            @Nullable Failure error) {
        this.id = id;
        this.name = name;
        this.graph = graph;
        this.input = input;
        this.borrowed = borrowed;
        this.nodes = List.copyOf(nodes);
        this.run = run;
        this.state = state;
        this.startsAt = startsAt;
        this.started = started;
        this.deadline = deadline;
        this.cancelRequested = cancelRequested;
        this.compensateRequested = compensateRequested;
        this.attempt = attempt;
        this.error = error;
    }

    public UUID id() {
        return id;
    }

    public Graph graph() {
        return graph;
    }

    public List<NodeStatus> nodes() {
        return nodes;
    }

    public WorkflowState state() {
        return state;
    }

    /** When it begins, while it is SCHEDULED; null for at once, and afterwards. */
    public @Nullable Instant startsAt() {
        return startsAt;
    }

    public Attempt attempt() {
        return attempt;
    }

    public @Nullable Instant started() {
        return started;
    }

    public @Nullable Instant finished() {
        return finished;
    }

    /** When a turn is due though nothing is heard; null for never. */
    public @Nullable Instant due() {
        return due;
    }

    public @Nullable JsonNode output() {
        return output;
    }

    /** How large the result is that is too large to be the output; null if it is not. */
    public @Nullable Long outputOmitted() {
        return outputOmitted;
    }

    public @Nullable Failure error() {
        return error;
    }

    /** Whether all that was to be undone was; null if nothing was, or is yet. */
    public @Nullable Boolean compensated() {
        return compensated;
    }

    /** Whether the turn changed something that can be seen. */
    public boolean changed() {
        return changed || nodes.stream().anyMatch(NodeStatus::changed);
    }

    /** As its next run, of which nothing has come out yet. */
    void restart() {
        run++;
        state = WorkflowState.RUNNING;
        finished = null;
        output = null;
        outputOmitted = null;
        error = null;
        compensated = null;
        changed = true;
    }

    void become(WorkflowState next) {
        changed |= state != next;
        state = next;
    }

    boolean stopping() {
        return state == WorkflowState.CANCELLING;
    }

    NodeStatus status(int number) {
        return nodes.get(number);
    }
}
