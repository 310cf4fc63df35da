package dev.millrace.api.jobs.cancel;

import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.api.jobs.cancel.EndWithoutRedis.Ended;
import dev.millrace.api.live.events.EndListener;
import dev.millrace.api.record.job.EndRows;
import dev.millrace.api.record.query.Refusals;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.job.QueueName;
import dev.millrace.postgres.Db;
import dev.millrace.stream.jobs.Cancelling;
import dev.millrace.stream.jobs.Cancelling.Cancel;
import dev.millrace.stream.jobs.Cancelling.Cancellation;
import dev.millrace.stream.redis.StreamsUnavailable;
import io.vertx.sqlclient.Row;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Cancels a job. The wish is committed first; after a crash {@link EndPages} carries it out. */
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
        Cancel wish = requested(tenant, job, reason);
        try {
            return Optional.of(carriedOut(wish));
        } catch (StreamsUnavailable away) {
            LOG.debugf(away, "The cancel of job %s is carried out later, because Redis did not take it.", job);
            return Optional.empty();
        }
    }

    private Cancel requested(String tenant, JobId job, @Nullable String reason) {
        for (Row row : db.session(LIMIT, tx -> tx.run(EndRows.WANT_CANCELLED, tenant, job.uuid(), reason))) {
            requireLive(JobState.valueOf(row.getString("state")));
            return new Cancel(job, new QueueName(row.getString("queue")), row.getLong("run"), JobState.CANCELLED);
        }
        throw Refusals.unknownJob(job);
    }

    private Cancellation carriedOut(Cancel wish) {
        Cancellation answer = streams.cancel(List.of(wish)).getFirst();
        if (answer != Cancellation.NONE) {
            return answer;
        }
        Ended ended = db.transaction(LIMIT, tx -> endings.end(tx, JobState.CANCELLED, List.of(wish)));
        ended.committed(recorded);
        return ended.positions().size() == 1 ? Cancellation.NONE : Cancellation.ENDED;
    }

    static void requireLive(JobState state) {
        if (state.ended()) {
            throw Problem.of(ProblemType.CONFLICT, "The job has ended " + state + "; there is nothing left to cancel.")
                    .exception();
        }
    }
}
