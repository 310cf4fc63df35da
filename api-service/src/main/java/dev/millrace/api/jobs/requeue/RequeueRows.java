package dev.millrace.api.jobs.requeue;

import dev.millrace.api.record.job.EndEffects;
import dev.millrace.api.record.job.StatusRows;
import dev.millrace.api.record.job.StatusRows.Reopened;
import dev.millrace.api.record.job.WaitingRows;
import dev.millrace.job.JobId;
import dev.millrace.job.QueueName;
import dev.millrace.postgres.Tx;
import dev.millrace.stream.entries.Lane;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Continues rows that are locked by the caller. */
final class RequeueRows {

    private RequeueRows() {}

    /** Where jobs are to be sent, or parked because others wait for that lane already. */
    record Continued(Map<Lane, List<JobId>> toSend, int jobs) {}

    /** Those that have ended without success. What is to be sent has no outbox row yet. */
    static Continued go(
            Tx tx, EndEffects effects, Collection<JobId> jobs, @Nullable String payload, @Nullable QueueName queue) {
        List<Reopened> reopened = StatusRows.reopen(tx, jobs, payload, queue);
        effects.reopened(tx, reopened.stream().map(Reopened::job).toList());
        Map<Lane, List<JobId>> byLane = new HashMap<>();
        reopened.forEach(one ->
                byLane.computeIfAbsent(one.lane(), lane -> new ArrayList<>()).add(one.job()));
        park(tx, byLane);
        return new Continued(byLane, reopened.size());
    }

    private static void park(Tx tx, Map<Lane, List<JobId>> byLane) {
        for (Lane lane : WaitingRows.parkedAhead(tx, byLane.keySet())) {
            List<JobId> waiting = byLane.remove(lane);
            if (waiting != null) {
                WaitingRows.park(tx, lane, waiting);
            }
        }
    }
}
