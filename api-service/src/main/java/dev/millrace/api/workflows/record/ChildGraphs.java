package dev.millrace.api.workflows.record;

import dev.millrace.api.workflows.graph.Graph;
import dev.millrace.postgres.Tx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the graphs that steps name, as {@code name} or {@code name@version}. */
@FunctionalInterface
public interface ChildGraphs {

    /**
     * What workflows run that name it, and have where they say nothing else.
     *
     * @param version with which it is found again
     */
    record Known(
            String name,
            int version,
            Spec spec,
            Graph graph,
            @Nullable Duration timeout,
            @Nullable Integer priority,
            List<String> tags) {}

    /**
     * As part of a transaction.
     *
     * @param version null for the one that is current
     * @return empty if the tenant knows none of this name, or no such version of it
     */
    Optional<Known> find(Tx tx, String tenant, String name, @Nullable Integer version);

    /** As {@link #find(Tx, String, String, Integer)}, of the text in a step. */
    default Optional<Known> named(Tx tx, String tenant, String text) {
        int at = text.indexOf('@');
        return at < 0
                ? find(tx, tenant, text, null)
                : find(tx, tenant, text.substring(0, at), Integer.valueOf(text.substring(at + 1)));
    }
}
