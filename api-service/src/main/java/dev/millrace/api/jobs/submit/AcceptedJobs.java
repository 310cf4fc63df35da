package dev.millrace.api.jobs.submit;

import dev.millrace.api.outbox.OutboxRows;
import dev.millrace.api.outbox.Publication;
import dev.millrace.api.record.query.JobRow;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.postgres.Tx;
import dev.millrace.stream.entries.Lane;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Jobs that a transaction has written, with an outbox row for each lane on which some of them are put after the commit.
 *
 * @param results one for each job, in order
 * @param births of the new ones
 * @param outbox the new ones that go to Redis now, by the id of their outbox row
 */
public record AcceptedJobs(
        List<NewJob> jobs, List<InsertResult> results, Map<JobId, AcceptedTimes> births, Map<Long, List<Job>> outbox) {

    private static final AcceptedJobs NONE = new AcceptedJobs(List.of(), List.of(), Map.of(), Map.of());

    public AcceptedJobs {
        jobs = List.copyOf(jobs);
        results = List.copyOf(results);
    }

    /** Writes those that are not there; they count once the transaction is committed. */
    public static AcceptedJobs write(Tx tx, List<NewJob> jobs) {
        if (jobs.isEmpty()) {
            return NONE;
        }
        Set<Lane> parked =
                OutboxRows.parkedAhead(tx, jobs.stream().map(NewJob::lane).collect(Collectors.toSet()));
        JobInserts.Inserted inserted = JobInserts.insert(tx, jobs, parked);
        return new AcceptedJobs(jobs, inserted.results(), inserted.births(), outbox(tx, jobs, inserted, parked));
    }

    private static Map<Long, List<Job>> outbox(
            Tx tx, List<NewJob> jobs, JobInserts.Inserted inserted, Set<Lane> parked) {
        Map<Lane, List<Job>> byLane = new LinkedHashMap<>();
        for (int i = 0; i < jobs.size(); i++) {
            NewJob job = jobs.get(i);
            AcceptedTimes birth = inserted.births().get(job.id());
            if (inserted.results().get(i) == InsertResult.CREATED
                    && birth != null
                    && isSent(birth, parked.contains(job.lane()))) {
                byLane.computeIfAbsent(job.lane(), first -> new ArrayList<>()).add(job.firstRun(birth));
            }
        }
        Map<Long, List<Job>> rows = new LinkedHashMap<>();
        byLane.forEach((lane, own) ->
                rows.put(OutboxRows.add(tx, lane, own.stream().map(Job::id).toList()), own));
        return rows;
    }

    /** What is not due yet needs no room in its band, so that it is not parked. */
    private static boolean isSent(AcceptedTimes birth, boolean parked) {
        return birth.due() == null ? !parked : !birth.kept();
    }

    /** The ids among these that belong to other jobs than were to be written. */
    public Set<JobId> taken() {
        return IntStream.range(0, jobs.size())
                .filter(i -> results.get(i) == InsertResult.ID_CONFLICT)
                .mapToObj(i -> jobs.get(i).id())
                .collect(Collectors.toSet());
    }

    /** A new job of these as PostgreSQL has it. */
    public JobRow row(NewJob job) {
        return job.row(Objects.requireNonNull(births.get(job.id()), "A new job has a birth."));
    }

    List<Publication> publications(Instant asOf) {
        return outbox.entrySet().stream()
                .map(row -> new Publication(row.getKey(), asOf, row.getValue()))
                .toList();
    }
}
