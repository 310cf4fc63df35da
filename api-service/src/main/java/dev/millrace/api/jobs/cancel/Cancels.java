package dev.millrace.api.jobs.cancel;

import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.api.jobs.cancel.EndWithoutRedis.Ended;
import dev.millrace.api.live.events.EndListener;
import dev.millrace.api.record.job.EndRows;
import dev.millrace.api.record.job.StoredJobs;
import dev.millrace.api.record.query.Refusals;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.job.QueueName;
import dev.millrace.postgres.Db;
import dev.millrace.postgres.Tx;
import dev.millrace.stream.jobs.Cancelling;
import dev.millrace.stream.jobs.Cancelling.Cancel;
import dev.millrace.stream.jobs.Cancelling.Cancellation;
import dev.millrace.stream.redis.StreamsUnavailable;
import io.vertx.sqlclient.Row;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Cancels jobs. The wish is committed first; after a crash {@link EndPages} carries it out. */
@Singleton
public class Cancels {

    private static final Logger LOG = Logger.getLogger(Cancels.class);
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final Db db;
    private final Cancelling streams;
    private final EndWithoutRedis endings;
    private final EndListener recorded;

    public Cancels(Db db, Cancelling streams, EndWithoutRedis endings, EndListener recorded) {
        this.db = db;
        this.streams = streams;
        this.endings = endings;
        this.recorded = recorded;
    }

    /**
     * What Redis said; NONE means that the job has ended in PostgreSQL. Empty if Redis cannot be asked now: the cancel
     * stands, and is carried out later.
     *
     * @throws dev.millrace.api.http.problem.ProblemException 404 if the tenant has no such job, 409 if it has ended
     */
    Optional<Cancellation> cancel(String tenant, JobId job, @Nullable String reason) {
        Wanted wanted = db.session(LIMIT, tx -> want(tx, tenant, List.of(job), reason));
        JobState state = wanted.states().get(job);
        if (state == null) {
            throw Refusals.unknownJob(job);
        }
        requireLive(state);
        return carryOut(wanted).map(List::getFirst);
    }

    /**
     * Cancels that are wanted.
     *
     * @param states of all jobs that were found, as they were
     * @param live a wish for each of them that had not ended
     */
    public record Wanted(Map<JobId, JobState> states, List<Cancel> live) {}

    /** As part of a transaction: notes that these of the tenant's jobs are to be cancelled. */
    public static Wanted want(Tx tx, String tenant, Collection<JobId> jobs, @Nullable String reason) {
        Map<JobId, JobState> states = new TreeMap<>();
        List<Cancel> live = new ArrayList<>();
        for (Row row : tx.run(EndRows.WANT_CANCELLED, tenant, StoredJobs.uuids(jobs), reason)) {
            JobId job = new JobId(row.getUUID("id"));
            JobState state = JobState.valueOf(row.getString("state"));
            states.put(job, state);
            if (!state.ended()) {
                live.add(
                        new Cancel(job, new QueueName(row.getString("queue")), row.getLong("run"), JobState.CANCELLED));
            }
        }
        return new Wanted(states, live);
    }

    /** After the commit: asks Redis to end them. What it does not take now is repeated later; the answer is empty then. */
    public Optional<List<Cancellation>> carryOut(Wanted wanted) {
        try {
            return Optional.of(carriedOut(wanted.live()));
        } catch (StreamsUnavailable away) {
            LOG.debugf(
                    away,
                    "The cancels of %d jobs are carried out later, because Redis did not take them.",
                    wanted.live().size());
            return Optional.empty();
        }
    }

    private List<Cancellation> carriedOut(List<Cancel> wishes) {
        List<Cancellation> answers = streams.cancel(wishes);
        List<Cancel> nowhere = EndWithoutRedis.among(wishes, answers);
        if (nowhere.isEmpty()) {
            return answers;
        }
        Ended ended = db.transaction(LIMIT, tx -> endings.end(tx, JobState.CANCELLED, nowhere));
        ended.committed(recorded);
        return IntStream.range(0, wishes.size())
                .mapToObj(i -> settled(
                        answers.get(i),
                        ended.positions().containsKey(wishes.get(i).job())))
                .toList();
    }

    /** What is nowhere and had not to be ended here has ended otherwise. */
    private static Cancellation settled(Cancellation answer, boolean endedHere) {
        return answer == Cancellation.NONE && !endedHere ? Cancellation.ENDED : answer;
    }

    static void requireLive(JobState state) {
        if (state.ended()) {
            throw Problem.of(ProblemType.CONFLICT, "The job has ended " + state + "; there is nothing left to cancel.")
                    .exception();
        }
    }
}
