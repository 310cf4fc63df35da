package dev.millrace.api.jobs.submit;

import dev.millrace.api.base.batch.BoundedQueue;
import dev.millrace.api.base.timeout.Timeouts;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemException;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.api.tenants.KnownQuotas;
import dev.millrace.batch.Halving;
import dev.millrace.postgres.DatabaseUnavailable;
import io.vertx.pgclient.PgException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Group commit. Whoever turns {@link #commitOnce} takes all that waits and commits it; what arrives meanwhile waits for
 * the next. So a lone request is committed at once, and under load a commit carries up to 1,000 rows.
 */
@Singleton
public class SubmitBatcher {

    private static final Logger LOG = Logger.getLogger(SubmitBatcher.class);

    static final int MAX_ROWS = 1_000;
    private static final int MAX_WAITING = 20_000;
    private static final long MAX_WAITING_CHARS = 64L << 20;
    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final int ROUNDS = 5;

    /** A caller is failed within 2 s that PostgreSQL is away. */
    private static final Duration PATIENCE = Duration.ofMillis(1_500);

    private final SubmitCommit commit;
    private final KnownQuotas quotas;
    private final Timeouts timeouts;
    private final BoundedQueue<Submission> waiting =
            new BoundedQueue<>(MAX_WAITING, MAX_WAITING_CHARS, Submission::size);

    public SubmitBatcher(SubmitCommit commit, KnownQuotas quotas, Timeouts timeouts) {
        this.commit = commit;
        this.quotas = quotas;
        this.timeouts = timeouts;
    }

    /**
     * Has it committed. The stage ends with a 429 problem if its tenant may not submit so much, and with a 503 problem if PostgreSQL
     * is away, too much waits already, or nothing is known after 1.5 s; in the last case it may still be committed.
     */
    CompletionStage<SubmitResult> submit(Submission submission) {
        try {
            submission.admit(quotas);
        } catch (ProblemException refusal) {
            return CompletableFuture.failedStage(refusal);
        }
        if (!waiting.offer(submission)) {
            submission
                    .outcome()
                    .completeExceptionally(unavailable("More jobs arrive than can be stored. Send it again shortly."));
        }
        return timeouts.failLate(submission.outcome(), PATIENCE).exceptionally(SubmitBatcher::failed);
    }

    public Duration commitOnce() throws InterruptedException {
        commit(waiting.take(IDLE, MAX_ROWS, Submission::rows), ROUNDS);
        return Duration.ZERO;
    }

    /** What PostgreSQL refuses is looked for by halves, so that it fails alone. */
    private void commit(List<Submission> batch, int rounds) {
        Halving.run(
                batch,
                PgException.class,
                some -> commitTogether(some, rounds),
                (one, refused) -> refused(one, refused, rounds));
    }

    private void commitTogether(List<Submission> batch, int rounds) {
        List<Submission> wanted =
                batch.stream().filter(one -> !one.outcome().isDone()).toList();
        if (wanted.isEmpty()) {
            return;
        }
        try {
            Map<Submission, SubmitResult> outcomes = commit.commit(wanted);
            outcomes.forEach((one, outcome) -> one.outcome().complete(outcome));
            again(wanted.stream().filter(one -> !outcomes.containsKey(one)).toList(), rounds);
        } catch (DatabaseUnavailable away) {
            LOG.debug("Submits are answered with 503.", away);
            fail(wanted, unavailable("Jobs cannot be stored now. Send it again with the same Idempotency-Key."));
        } catch (PgException refused) {
            throw refused;
        } catch (RuntimeException fault) {
            fail(wanted, fault);
            throw fault;
        }
    }

    private void again(List<Submission> rest, int rounds) {
        if (rounds == 0) {
            fail(rest, unavailable("The Idempotency-Key is in use by another call. Send it again shortly."));
        } else {
            commit(rest, rounds - 1);
        }
    }

    /** A deadlock's victim is tried again. */
    private void refused(Submission one, PgException refused, int rounds) {
        if (isTransient(refused) && rounds > 0) {
            commit(List.of(one), rounds - 1);
        } else {
            fail(List.of(one), refused);
        }
    }

    /** Class 40: the transaction was rolled back for the sake of another one. */
    private static boolean isTransient(PgException refused) {
        return refused.getSqlState() != null && refused.getSqlState().startsWith("40");
    }

    private static void fail(List<Submission> batch, RuntimeException failure) {
        batch.forEach(one -> one.outcome().completeExceptionally(failure));
    }

    private static RuntimeException unavailable(String detail) {
        return Problem.of(ProblemType.UNAVAILABLE, detail).exception();
    }

    private static SubmitResult failed(Throwable failure) {
        if (failure instanceof TimeoutException) {
            throw unavailable("PostgreSQL did not answer in time. Send it again with the same Idempotency-Key.");
        }
        throw failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
    }
}
