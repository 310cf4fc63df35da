package dev.millrace.api.jobs.delete;

import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.api.record.job.EndRows;
import dev.millrace.api.record.job.StoredJobs;
import dev.millrace.api.record.members.FoundJob;
import dev.millrace.api.record.query.Refusals;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.postgres.Db;
import dev.millrace.postgres.Tx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Deletes jobs that have ended. */
@Singleton
public class Deletes {

    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final Db db;

    public Deletes(Db db) {
        this.db = db;
    }

    /**
     * Deletes it, in one commit.
     *
     * @throws dev.millrace.api.http.problem.ProblemException 404 if the tenant has no such job; 409 while it has not ended, and while the
     *     workflow of which it is a member has not
     */
    void delete(String tenant, JobId job) {
        FoundJob found =
                db.session(LIMIT, tx -> delete(tx, tenant, List.of(job))).get(job);
        if (found == null) {
            throw Refusals.unknownJob(job);
        }
        if (!found.state().ended()) {
            throw Problem.of(
                            ProblemType.CONFLICT,
                            "The job is " + found.state()
                                    + "; only a job that has ended can be deleted. Cancel it first.")
                    .exception();
        }
        if (found.kept()) {
            throw Problem.of(
                            ProblemType.CONFLICT,
                            "The job is a member of a workflow that has not ended, whose steps may need its result.")
                    .exception();
        }
    }

    /**
     * Deletes those of these that are the tenant's, have ended, and are no members of workflows that live; returns all that are the
     * tenant's.
     */
    public static Map<JobId, FoundJob> delete(Tx tx, String tenant, Collection<JobId> jobs) {
        Map<JobId, FoundJob> found = new TreeMap<>();
        tx.run(EndRows.TAKE_AWAY, tenant, StoredJobs.uuids(jobs))
                .forEach(row -> found.put(
                        new JobId(row.getUUID("id")),
                        new FoundJob(JobState.valueOf(row.getString("state")), row.getBoolean("kept"))));
        return found;
    }
}
