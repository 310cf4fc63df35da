package dev.millrace.api.record.members;

import dev.millrace.api.record.job.EndRows;
import dev.millrace.job.JobId;
import dev.millrace.postgres.Tx;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Jobs that stand alone and whose tasks have returned graphs, as part of a transaction. */
public final class ReturnedGraphs {

    private ReturnedGraphs() {}

    /**
     * A job, and what its task has returned.
     *
     * @param result JSON
     */
    public record Returned(
            JobId job,
            String tenant,
            int priority,
            @Nullable String traceParent,
            String result) {}

    /** Those that nobody has started yet, the oldest first. */
    public static List<Returned> waiting(Tx tx, int atMost) {
        return tx.list(
                row -> new Returned(
                        new JobId(row.getUUID("id")),
                        row.getString("tenant"),
                        row.getShort("priority"),
                        row.getString("trace_parent"),
                        row.getString("result")),
                EndRows.RETURNED_GRAPHS,
                atMost);
    }

    /** Writes what the job made in the end; false if somebody else has. */
    public static boolean settle(Tx tx, JobId job, String result) {
        return tx.first(row -> row.getUUID("id"), EndRows.SETTLE_GRAPH, job.uuid(), result)
                .isPresent();
    }
}
