package dev.millrace.api.jobs.submit;

import dev.millrace.api.base.database.ByKey;
import dev.millrace.api.jobs.accept.AcceptMeters;
import dev.millrace.api.jobs.accept.Acceptance;
import dev.millrace.api.jobs.accept.AcceptedJobs;
import dev.millrace.api.jobs.accept.AddedJobs;
import dev.millrace.api.jobs.submit.IdempotencyKeys.StoredKey;
import dev.millrace.api.record.job.JobInserts.Result;
import dev.millrace.api.record.job.NewJob;
import dev.millrace.postgres.Db;
import dev.millrace.postgres.Tx;
import io.vertx.pgclient.PgException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One commit for many submissions: their keys, their jobs, and the outbox rows for whoever publishes them. It is one statement,
 * without a transaction around it, unless an id comes with a key and turns out to be known.
 */
@Singleton
public class SubmitCommit {

    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final String UNIQUE_VIOLATION = "23505";

    private final Db db;
    private final Acceptance acceptance;
    private final AcceptMeters meters;

    public SubmitCommit(@ByKey Db db, Acceptance acceptance, AcceptMeters meters) {
        this.db = db;
        this.acceptance = acceptance;
        this.meters = meters;
    }

    /** What was written, for after the commit. */
    private record Written(Map<Submission, SubmitResult> outcomes, AcceptedJobs jobs) {}

    /**
     * Commits the submissions. One that is missing in the result shares its key with another one, here or elsewhere,
     * and has to be committed again: it then finds the key known.
     */
    Map<Submission, SubmitResult> commit(List<Submission> batch) {
        int rows = batch.stream().mapToInt(Submission::rows).sum();
        Written written = acceptance.commit(() -> meters.committing(rows, () -> write(batch)), Written::jobs);
        written.outcomes().values().stream()
                .filter(SubmitResult.Replayed.class::isInstance)
                .forEach(repeated -> meters.replayed());
        return written.outcomes();
    }

    private static List<Submission> firstOfEachKey(List<Submission> batch) {
        Map<Object, Submission> first = new LinkedHashMap<>();
        batch.forEach(one -> first.putIfAbsent(one.key() == null ? one : one.key(), one));
        return List.copyOf(first.values());
    }

    private Written write(List<Submission> batch) {
        if (batch.stream().allMatch(one -> one.key() == null)) {
            return db.session(LIMIT, tx -> stored(batch, AcceptedJobs.write(tx, jobs(batch))));
        }
        List<Submission> calls = firstOfEachKey(batch);
        Written written = ClaimingInsert.fits(calls) ? claimAtOnce(calls) : claimFirst(calls);
        answerKnown(batch, written.outcomes());
        return written;
    }

    private Written claimAtOnce(List<Submission> calls) {
        try {
            return db.session(LIMIT, tx -> claimAtOnce(tx, calls));
        } catch (PgException refused) {
            if (UNIQUE_VIOLATION.equals(refused.getSqlState())) {
                return claimFirst(calls);
            }
            throw refused;
        }
    }

    private static Written claimAtOnce(Tx tx, List<Submission> calls) {
        AddedJobs added = ClaimingInsert.run(tx, calls);
        List<Submission> going =
                calls.stream().filter(one -> isAdded(one, added)).toList();
        return stored(going, AcceptedJobs.of(tx, jobs(going), added));
    }

    private static boolean isAdded(Submission call, AddedJobs added) {
        return added.times().containsKey(call.jobs().getFirst().id());
    }

    /** A key is claimed as if all jobs were new; what turns out otherwise is put right. */
    private Written claimFirst(List<Submission> calls) {
        return db.transaction(LIMIT, tx -> {
            Set<IdempotencyKeys.Key> claimed = IdempotencyKeys.claim(tx, Submission.claims(calls));
            List<Submission> going = calls.stream()
                    .filter(one -> one.key() == null || claimed.contains(one.key()))
                    .toList();
            Written written = stored(going, AcceptedJobs.write(tx, jobs(going)));
            written.outcomes().forEach((one, outcome) -> correctKey(tx, one, outcome));
            return written;
        });
    }

    private static Written stored(List<Submission> going, AcceptedJobs accepted) {
        Map<Submission, SubmitResult> outcomes = new HashMap<>();
        int from = 0;
        for (Submission one : going) {
            int to = from + one.jobs().size();
            outcomes.put(
                    one, new SubmitResult.Stored(List.copyOf(accepted.results().subList(from, to)), accepted.times()));
            from = to;
        }
        return new Written(outcomes, accepted);
    }

    private static void correctKey(Tx tx, Submission one, SubmitResult outcome) {
        IdempotencyKeys.Key key = one.key();
        if (key != null
                && outcome instanceof SubmitResult.Stored stored
                && stored.results().contains(Result.ID_CONFLICT)) {
            one.reply()
                    .of(stored.results())
                    .ifPresentOrElse(
                            reply -> IdempotencyKeys.correct(tx, key, reply), () -> IdempotencyKeys.release(tx, key));
        }
    }

    /** Answers those whose key was claimed by somebody else, now or before. */
    private void answerKnown(List<Submission> batch, Map<Submission, SubmitResult> outcomes) {
        Set<IdempotencyKeys.Key> open = keys(batch);
        open.removeAll(keys(outcomes.keySet()));
        if (!open.isEmpty()) {
            Map<IdempotencyKeys.Key, StoredKey> known = db.session(LIMIT, tx -> IdempotencyKeys.find(tx, open));
            batch.forEach(one -> replay(one, known.get(one.key())).ifPresent(answer -> outcomes.put(one, answer)));
        }
    }

    private static Set<IdempotencyKeys.Key> keys(Collection<Submission> calls) {
        return calls.stream().map(Submission::key).filter(Objects::nonNull).collect(Collectors.toSet());
    }

    private static Optional<SubmitResult> replay(Submission one, @Nullable StoredKey before) {
        return Optional.ofNullable(before)
                .map(known -> known.body().equals(one.body())
                        ? new SubmitResult.Replayed(known.reply())
                        : new SubmitResult.KeyReused());
    }

    private static List<NewJob> jobs(List<Submission> calls) {
        return calls.stream().flatMap(one -> one.jobs().stream()).toList();
    }
}
