package dev.millrace.api.jobs.submit;

import dev.millrace.api.base.database.ByKey;
import dev.millrace.api.jobs.accept.AcceptMeters;
import dev.millrace.api.jobs.accept.Acceptance;
import dev.millrace.api.jobs.accept.AcceptedJobs;
import dev.millrace.api.jobs.submit.IdempotencyKeys.StoredKey;
import dev.millrace.api.record.job.JobInserts.Result;
import dev.millrace.postgres.Db;
import dev.millrace.postgres.Tx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One transaction for many submissions: their keys, their jobs, and the outbox rows for whoever publishes them. */
@Singleton
public class SubmitCommit {

    private static final Duration LIMIT = Duration.ofSeconds(5);

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
        Written written = acceptance.commit(
                () -> meters.committing(rows, () -> db.transaction(LIMIT, tx -> write(tx, batch))), Written::jobs);
        written.outcomes().values().stream()
                .filter(SubmitResult.Replayed.class::isInstance)
                .forEach(repeated -> meters.replayed());
        return written.outcomes();
    }

    private static Written write(Tx tx, List<Submission> batch) {
        Map<Submission, SubmitResult> outcomes = new HashMap<>();
        List<Submission> keyed = batch.stream().filter(one -> one.key() != null).toList();
        Set<IdempotencyKeys.Key> claimed = keyed.isEmpty() ? Set.of() : claimed(tx, keyed, outcomes);
        List<Submission> going = going(batch, claimed);
        return new Written(outcomes, store(tx, going, outcomes));
    }

    /** Answers those whose key is known, and claims the keys of the others. */
    private static Set<IdempotencyKeys.Key> claimed(
            Tx tx, List<Submission> keyed, Map<Submission, SubmitResult> outcomes) {
        Map<IdempotencyKeys.Key, StoredKey> known =
                IdempotencyKeys.find(tx, keyed.stream().map(Submission::key).collect(Collectors.toSet()));
        Map<IdempotencyKeys.Key, StoredKey> wanted = new TreeMap<>();
        for (Submission one : keyed) {
            StoredKey before = known.get(one.key());
            if (before == null) {
                wanted.putIfAbsent(
                        one.key(),
                        new StoredKey(one.body(), reply(one, allNew(one)).orElse("")));
            } else {
                outcomes.put(one, replay(one, before));
            }
        }
        return wanted.isEmpty() ? Set.of() : IdempotencyKeys.claim(tx, wanted);
    }

    private static SubmitResult replay(Submission one, StoredKey before) {
        return before.body().equals(one.body())
                ? new SubmitResult.Replayed(before.reply())
                : new SubmitResult.KeyReused();
    }

    /** Those without a key, and of those that share a claimed key the first. */
    private static List<Submission> going(List<Submission> batch, Set<IdempotencyKeys.Key> claimed) {
        Map<Object, Submission> going = new LinkedHashMap<>();
        for (Submission one : batch) {
            if (one.key() == null) {
                going.put(one, one);
            } else if (claimed.contains(one.key())) {
                going.putIfAbsent(one.key(), one);
            }
        }
        return List.copyOf(going.values());
    }

    private static AcceptedJobs store(Tx tx, List<Submission> going, Map<Submission, SubmitResult> outcomes) {
        AcceptedJobs accepted = AcceptedJobs.write(
                tx, going.stream().flatMap(one -> one.jobs().stream()).toList());
        int from = 0;
        for (Submission one : going) {
            List<Result> own = List.copyOf(
                    accepted.results().subList(from, from + one.jobs().size()));
            correctKey(tx, one, own);
            outcomes.put(one, new SubmitResult.Stored(own, accepted.times()));
            from += one.jobs().size();
        }
        return accepted;
    }

    /** A key was claimed as if all jobs were new; what turned out otherwise is put right. */
    private static void correctKey(Tx tx, Submission one, List<Result> results) {
        IdempotencyKeys.Key key = one.key();
        if (key == null || !results.contains(Result.ID_CONFLICT)) {
            return;
        }
        reply(one, results)
                .ifPresentOrElse(
                        reply -> IdempotencyKeys.correct(tx, key, reply), () -> IdempotencyKeys.release(tx, key));
    }

    private static Optional<String> reply(Submission one, List<Result> results) {
        return one.reply().of(results);
    }

    private static List<Result> allNew(Submission one) {
        return Collections.nCopies(one.jobs().size(), Result.CREATED);
    }
}
