package dev.millrace.api.outbox;

import dev.millrace.job.Job;
import dev.millrace.postgres.Tx;
import dev.millrace.stream.entries.Lane;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The jobs that a transaction puts on their way, with the outbox row that stands for those of each lane until they lie in
 * Redis.
 *
 * @param rows the jobs by the id of their row
 */
public record Dispatch(Map<Long, List<Job>> rows) {

    public static final Dispatch NONE = new Dispatch(Map.of());

    /** Leaves a row for each lane of these jobs. */
    public static Dispatch of(Tx tx, List<Job> jobs) {
        Map<Lane, List<Job>> byLane = new LinkedHashMap<>();
        jobs.forEach(job -> byLane.computeIfAbsent(Lane.of(job.queue(), job.band()), lane -> new ArrayList<>())
                .add(job));
        Map<Long, List<Job>> rows = new LinkedHashMap<>();
        byLane.forEach((lane, own) ->
                rows.put(OutboxRows.add(tx, lane, own.stream().map(Job::id).toList()), own));
        return new Dispatch(rows);
    }

    /** What a publisher may send as soon as the transaction is committed. */
    List<Publication> publications(Instant asOf) {
        return rows.entrySet().stream()
                .map(row -> new Publication(row.getKey(), asOf, row.getValue()))
                .toList();
    }
}
