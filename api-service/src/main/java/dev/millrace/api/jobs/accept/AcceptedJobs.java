package dev.millrace.api.jobs.accept;

import dev.millrace.api.outbox.Dispatch;
import dev.millrace.api.record.job.JobInserts;
import dev.millrace.api.record.job.JobInserts.Inserted;
import dev.millrace.api.record.job.JobInserts.Result;
import dev.millrace.api.record.job.JobRow;
import dev.millrace.api.record.job.NewJob;
import dev.millrace.api.record.job.WaitingRows;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.postgres.Tx;
import dev.millrace.stream.entries.Lane;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Jobs that a transaction has written, and those of them that go to Redis after its commit.
 *
 * @param results one for each job, in order
 * @param times of the new ones
 */
public record AcceptedJobs(List<NewJob> jobs, List<Result> results, Map<JobId, NewJob.Times> times, Dispatch dispatch) {

    private static final AcceptedJobs NONE = new AcceptedJobs(List.of(), List.of(), Map.of(), Dispatch.NONE);

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
                WaitingRows.parkedAhead(tx, jobs.stream().map(NewJob::lane).collect(Collectors.toSet()));
        Inserted inserted = JobInserts.insert(tx, jobs, parked);
        return new AcceptedJobs(
                jobs, inserted.results(), inserted.times(), Dispatch.of(tx, sent(jobs, inserted, parked)));
    }

    private static List<Job> sent(List<NewJob> jobs, Inserted inserted, Set<Lane> parked) {
        List<Job> sent = new ArrayList<>();
        for (int i = 0; i < jobs.size(); i++) {
            NewJob job = jobs.get(i);
            NewJob.Times times = inserted.times().get(job.id());
            if (inserted.results().get(i) == Result.CREATED
                    && times != null
                    && isSent(times, parked.contains(job.lane()))) {
                sent.add(job.firstRun(times));
            }
        }
        return sent;
    }

    /** What is not due yet needs no room in its band, so that it is not parked. */
    private static boolean isSent(NewJob.Times times, boolean parked) {
        return times.due() == null ? !parked : !times.kept();
    }

    /** The ids among these that belong to other jobs than were to be written. */
    public Set<JobId> taken() {
        return IntStream.range(0, jobs.size())
                .filter(i -> results.get(i) == Result.ID_CONFLICT)
                .mapToObj(i -> jobs.get(i).id())
                .collect(Collectors.toSet());
    }

    /** A new job of these as PostgreSQL has it. */
    public JobRow row(NewJob job) {
        return job.row(Objects.requireNonNull(times.get(job.id()), "A new job has its times."));
    }
}
