package dev.millrace.api.workflows.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a node does. */
public sealed interface Step {

    /** Its key in the JSON of a graph. */
    String kind();

    /** Whether it holds nodes. */
    default boolean isScope() {
        return false;
    }

    /**
     * A job.
     *
     * @param job what {@code POST /jobs} takes, without the payload
     * @param payload the template of its payload; null for what the step before made
     */
    record Task(ObjectNode job, @Nullable JsonNode payload) implements Step {
        @Override
        public String kind() {
            return "task";
        }

        boolean ignoresResult() {
            return job.path("ignoreResult").asBoolean();
        }
    }

    /**
     * A job for each item of a list.
     *
     * @param items the template of the list; null if it is a range
     * @param from of the range, inclusive
     * @param to of the range, exclusive
     * @param window how many may be live
     */
    record Mapping(@Nullable JsonNode items, int from, int to, int window, Task each, Tolerance tolerance)
            implements Step {
        @Override
        public String kind() {
            return "map";
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
