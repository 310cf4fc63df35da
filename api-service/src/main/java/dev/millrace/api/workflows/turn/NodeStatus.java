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

    /** The items of a map that were looked at last; null until some are. */
    @Nullable
    Items items;

    /** How many of its members gave their places to workflows. */
    int grafts;

    int pagesAsked;
    int pagesRead;

    /** Whether no page of a list is to come, as of one that is known at once. */
    boolean pagesOver = true;

    /** How the job stands that undoes it: RUNNING, SUCCEEDED or FAILED; null if there is none. */
    @Nullable
    NodeState undo;

    /** Items that came in this turn and are to be kept; null if none did. */
    @Nullable
    Items fresh;

    boolean changed;

    public NodeStatus(int number) {
        this.number = number;
    }

    /** As it was written. */
    public static NodeStatus of(
            int number,
            int run,
            NodeState state,
            Counters counters,
            @Nullable NodeState undo,
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
        status.undo = undo;
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

    /** How the job stands that undoes it: RUNNING, SUCCEEDED or FAILED; null if there is none. */
    public @Nullable NodeState undo() {
        return undo;
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

    /**
     * Items of a map, all of them or a page.
     *
     * @param page its number, from 0
     * @param first the index of the first of them
     * @param items a list
     * @param next the cursor of the page behind it; null if it is the last
     */
    public record Items(
            int page, int first, JsonNode items, @Nullable JsonNode next) {

        boolean has(int index) {
            return index >= first && index < end();
        }

        /** The index behind that of the last of them. */
        int end() {
            return first + items.size();
        }

        JsonNode item(int index) {
            return items.path(index - first);
        }
    }

    /**
     * How far a list is read that comes page by page.
     *
     * @param asked so many pages were asked for
     * @param read and so many came, or did not
     * @param over whether no page is to come
     */
    public record Pages(int asked, int read, boolean over) {}

    public Pages pages() {
        return new Pages(pagesAsked, pagesRead, pagesOver);
    }

    /** How many of its members gave their places to workflows. */
    public int grafts() {
        return grafts;
    }

    public NodeStatus withGrafts(int many) {
        grafts = many;
        return this;
    }

    /** With how far its list is read. */
    public NodeStatus with(Pages pages) {
        pagesAsked = pages.asked();
        pagesRead = pages.read();
        pagesOver = pages.over();
        return this;
    }

    /** The items that are to be kept; null if there are none, or if they are kept. */
    public @Nullable Items newItems() {
        return fresh;
    }

    /** So many of its members that had ended go on. */
    public void goOn(int ofSucceeded, int ofFailed) {
        succeeded -= ofSucceeded;
        failed -= ofFailed;
        changed = true;
    }

    /** Anew, as its next run, of which nothing has been made. */
    void restart() {
        run++;
        size = 0;
        made = 0;
        succeeded = 0;
        failed = 0;
        started = null;
        undo = null;
        result = null;
        items = null;
        fresh = null;
        grafts = 0;
        pagesAsked = 0;
        pagesRead = 0;
        pagesOver = true;
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
