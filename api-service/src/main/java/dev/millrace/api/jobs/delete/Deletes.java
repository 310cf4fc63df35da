package dev.millrace.api.jobs.delete;

import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.api.record.job.EndRows;
import dev.millrace.api.record.job.StoredJobs;
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
        Found found =
                db.session(LIMIT, tx -> takeAway(tx, tenant, List.of(job))).get(job);
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
     * Deletes those of these that are the tenant's, have ended, and are no members of workflows that live; returns the states of all that
     * are the tenant's and that no workflow keeps, as they were.
     */
    public static Map<JobId, JobState> delete(Tx tx, String tenant, Collection<JobId> jobs) {
        Map<JobId, JobState> states = new TreeMap<>();
        takeAway(tx, tenant, jobs).forEach((job, found) -> {
            if (!found.kept()) {
                states.put(job, found.state());
            }
        });
        return states;
    }

    /**
     * A job as it was.
     *
     * @param kept whether it stays although it has ended
     */
    private record Found(JobState state, boolean kept) {}

    private static Map<JobId, Found> takeAway(Tx tx, String tenant, Collection<JobId> jobs) {
        Map<JobId, Found> found = new TreeMap<>();
        tx.run(EndRows.TAKE_AWAY, tenant, StoredJobs.uuids(jobs))
                .forEach(row -> found.put(
                        new JobId(row.getUUID("id")),
                        new Found(JobState.valueOf(row.getString("state")), row.getBoolean("kept"))));
        return found;
    }
}
