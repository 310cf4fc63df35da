package dev.millrace.api.workflows.turn;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How one node stands in the middle of a turn, which changes it. While it runs, an error says that it is giving up, and a cause that it is
 * being cancelled: either way no more members are made, and it settles when those that live have ended.
 */
public final class NodeStatus {

    /** The cause of what is cancelled with its workflow. */
    public static final int WORKFLOW = -1;

    final int number;
    int run = 1;
    NodeState state = NodeState.PENDING;
    int size;
    int made;
    int succeeded;
    int failed;

    @Nullable
    Integer cause;

    @Nullable
    JsonNode result;

    @Nullable
    String errorType;

    @Nullable
    String errorMessage;

    @Nullable
    Instant due;

    @Nullable
    Instant started;

    @Nullable
    Instant finished;

    /** The items of a map, if they are not known from the graph; null until they are read. */
    @Nullable
    JsonNode items;

    boolean changed;
    boolean opened;

    public NodeStatus(int number) {
        this.number = number;
    }

    /** As it was written. */
    public static NodeStatus of(
            int number,
            int run,
            NodeState state,
            Counters counters,
            @Nullable Integer cause,
            @Nullable JsonNode result,
            @Nullable Failure error,
            Times times) {
        NodeStatus status = new NodeStatus(number);
        status.run = run;
        status.state = state;
        status.size = counters.size();
        status.made = counters.made();
        status.succeeded = counters.succeeded();
        status.failed = counters.failed();
        status.cause = cause;
        status.result = result;
        status.errorType = error == null ? null : error.type();
        status.errorMessage = error == null ? null : error.message();
        status.due = times.due();
        status.started = times.started();
        status.finished = times.finished();
        return status;
    }

    /**
     * What a node counts.
     *
     * @param size how many members or children it has
     * @param made how many of its members were made so far
     */
    public record Counters(int size, int made, int succeeded, int failed) {

        public int live() {
            return made - succeeded - failed;
        }
    }

    /** When it is due, began, and settled; null where it is not, or did not. */
    public record Times(
            @Nullable Instant due,
            @Nullable Instant started,
            @Nullable Instant finished) {}

    public int number() {
        return number;
    }

    public int run() {
        return run;
    }

    public NodeState state() {
        return state;
    }

    public Counters counters() {
        return new Counters(size, made, succeeded, failed);
    }

    public @Nullable Integer cause() {
        return cause;
    }

    public @Nullable JsonNode result() {
        return result;
    }

    public @Nullable Failure error() {
        return errorType == null ? null : new Failure(errorType, errorMessage);
    }

    public Times times() {
        return new Times(due, started, finished);
    }

    /** Whether the turn changed it. */
    public boolean changed() {
        return changed;
    }

    /** The items that are to be kept; null if there are none, or if they are kept. */
    public @Nullable JsonNode newItems() {
        return opened ? items : null;
    }

    /** Anew, as its next run, of which nothing has been made. */
    void restart() {
        run++;
        size = 0;
        made = 0;
        succeeded = 0;
        failed = 0;
        started = null;
        result = null;
        items = null;
        reopen();
        state = NodeState.PENDING;
    }

    /** With what it has made. */
    void reopen() {
        state = NodeState.RUNNING;
        cause = null;
        errorType = null;
        errorMessage = null;
        finished = null;
        due = null;
        changed = true;
    }

    boolean stopping() {
        return cause != null && !state.settled();
    }

    int live() {
        return made - succeeded - failed;
    }
}
