package dev.millrace.api.jobs.accept;

import dev.millrace.api.outbox.Dispatch;
import dev.millrace.api.record.job.JobInserts;
import dev.millrace.api.record.job.JobInserts.Result;
import dev.millrace.api.record.job.JobRow;
import dev.millrace.api.record.job.NewJob;
import dev.millrace.job.JobId;
import dev.millrace.postgres.Tx;
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

    /** None. */
    public static final AcceptedJobs NONE = new AcceptedJobs(List.of(), List.of(), Map.of(), Dispatch.NONE);

    public AcceptedJobs {
        jobs = List.copyOf(jobs);
        results = List.copyOf(results);
    }

    /** Writes those that are not there, with one statement; they count once the transaction is committed, if there is one. */
    public static AcceptedJobs write(Tx tx, List<NewJob> jobs) {
        return jobs.isEmpty() ? NONE : of(tx, jobs, AddedJobs.add(tx, jobs));
    }

    /** What became of jobs, of which some were added. */
    public static AcceptedJobs of(Tx tx, List<NewJob> jobs, AddedJobs added) {
        List<Result> results = JobInserts.results(tx, jobs, added.times().keySet());
        return new AcceptedJobs(jobs, results, added.times(), added.dispatch(jobs));
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
