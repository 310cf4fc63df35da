package dev.millrace.api.workflows.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a node does. */
public sealed interface Step {

    /** Its key in the JSON of a graph. */
    String kind();

    /** What its members are; null if it has none. */
    default @Nullable Body body() {
        return null;
    }

    /** Whether it holds nodes. */
    default boolean isScope() {
        return false;
    }

    /** What the members of a node are, made one by one. */
    sealed interface Body permits Task, Child {

        /** Whether nothing is kept of what it makes. */
        boolean ignoresResult();
    }

    /**
     * A job.
     *
     * @param job what {@code POST /jobs} takes, without the payload
     * @param payload the template of its payload; null for what the step before made
     */
    record Task(ObjectNode job, @Nullable JsonNode payload) implements Step, Body {
        @Override
        public String kind() {
            return "task";
        }

        @Override
        public Body body() {
            return this;
        }

        @Override
        public boolean ignoresResult() {
            return job.path("ignoreResult").asBoolean();
        }
    }

    /**
     * A workflow of its own, with nodes, states and an outcome of its own.
     *
     * @param definition the name of a graph that is kept, with or without {@code @version}; null if the graph stands here
     * @param json what stands here: the graph, and what else a start says of it
     * @param graph laid out; null if it is kept under a name
     * @param input the template of what it is given; null for what stands in its JSON
     * @param borrows whether it sees the document of the graph around it, as the body of a map does
     * @param retry how often and when it goes on by itself once it has failed, as {@code POST /jobs} takes it; null for never
     */
    record Child(
            @Nullable String definition,
            ObjectNode json,
            @Nullable Graph graph,
            @Nullable JsonNode input,
            boolean borrows,
            @Nullable JsonNode retry)
            implements Step, Body {
        @Override
        public String kind() {
            return "workflow";
        }

        @Override
        public Body body() {
            return this;
        }

        @Override
        public boolean ignoresResult() {
            return false;
        }
    }

    /**
     * A member for each item of a list, or for each chunk of items.
     *
     * @param items the template of the list; null if it is a range, or read page by page
     * @param pages makes a page of the list, given {@code /cursor}; null if the list is known at once
     * @param from of the range, inclusive
     * @param to of the range, exclusive
     * @param window how many may be live
     * @param chunk how many items a job takes, one after the other; 0 if each has a member of its own
     */
    record Mapping(
            @Nullable JsonNode items,
            @Nullable Task pages,
            int from,
            int to,
            int window,
            int chunk,
            Body each,
            Tolerance tolerance)
            implements Step {

        private static final int MOST_ITEMS = 100_000;
        private static final int MOST_ITEMS_IN_CHUNKS = 1_000_000;

        /** How many items it may have. */
        public int mostItems() {
            return mostItems(chunk);
        }

        static int mostItems(int chunk) {
            return chunk == 0 ? MOST_ITEMS : Math.min(MOST_ITEMS_IN_CHUNKS, MOST_ITEMS * chunk);
        }

        /** How many members so many items make; while others may follow, what would not fill a chunk makes none. */
        public int members(int many, boolean all) {
            return chunk == 0 ? many : all ? Math.ceilDiv(many, chunk) : many / chunk;
        }

        /** The index of the first item of a member. */
        public int firstOf(int member) {
            return chunk == 0 ? member : member * chunk;
        }

        @Override
        public String kind() {
            return "map";
        }

        @Override
        public Body body() {
            return each;
        }
    }

    /**
     * A timer.
     *
     * @param duration since it began; null if it ends at a time
     * @param until the template of the time; null if it lasts
     */
    record Wait(@Nullable Duration duration, @Nullable JsonNode until) implements Step {
        @Override
        public String kind() {
            return "wait";
        }
    }

    /**
     * Waits for a message.
     *
     * @param timeout null for as long as the workflow lives
     * @param goesOn whether it succeeds when its time is over
     * @param schema JSON Schema of the message; null for any
     */
    record Signal(
            String signal,
            @Nullable Duration timeout,
            boolean goesOn,
            @Nullable JsonNode schema) implements Step {
        @Override
        public String kind() {
            return "signal";
        }
    }

    /** Each of its nodes after the one before. */
    record Chain() implements Step {
        @Override
        public String kind() {
            return "chain";
        }

        @Override
        public boolean isScope() {
            return true;
        }
    }

    /** All of its nodes at once. */
    record Group(Tolerance tolerance) implements Step {
        @Override
        public String kind() {
            return "group";
        }

        @Override
        public boolean isScope() {
            return true;
        }
    }

    /** Each of its nodes after those that it names. */
    record Dag() implements Step {
        @Override
        public String kind() {
            return "graph";
        }

        @Override
        public boolean isScope() {
            return true;
        }
    }
}
