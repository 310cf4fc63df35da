package dev.millrace.api.jobs.submit;

import dev.millrace.api.jobs.submit.IdempotencyKeys.StoredKey;
import dev.millrace.api.record.job.BodyHash;
import dev.millrace.api.record.job.JobInserts.Result;
import dev.millrace.api.record.job.NewJob;
import dev.millrace.api.tenants.KnownQuotas;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One call with its jobs, all of which are stored in one transaction. */
final class Submission {

    /** Beside its payload, about what a job takes in memory. */
    private static final long OVERHEAD = 1024;

    /** What a repetition of the call is to be answered with. */
    @FunctionalInterface
    interface Reply {

        /** Empty if the call is refused: its key is then as unused as before. */
        Optional<String> of(List<Result> results);
    }

    private final IdempotencyKeys.@Nullable Key key;
    private final BodyHash body;
    private final List<NewJob> jobs;
    private final Reply reply;
    private final CompletableFuture<SubmitResult> outcome = new CompletableFuture<>();

    /**
     * A call that waits for its outcome.
     *
     * @param body of the whole call
     */
    Submission(IdempotencyKeys.@Nullable Key key, BodyHash body, List<NewJob> jobs, Reply reply) {
        this.key = key;
        this.body = body;
        this.jobs = List.copyOf(jobs);
        this.reply = reply;
    }

    /** The keys of calls, with what is to be kept of each if all of its jobs are new. */
    static Map<IdempotencyKeys.Key, StoredKey> claims(List<Submission> calls) {
        Map<IdempotencyKeys.Key, StoredKey> claims = new LinkedHashMap<>();
        calls.stream().filter(one -> one.key() != null).forEach(one -> claims.put(one.key(), one.asIfNew()));
        return claims;
    }

    private StoredKey asIfNew() {
        List<Result> allNew = Collections.nCopies(jobs.size(), Result.CREATED);
        return new StoredKey(body, reply.of(allNew).orElse(""));
    }

    IdempotencyKeys.@Nullable Key key() {
        return key;
    }

    BodyHash body() {
        return body;
    }

    List<NewJob> jobs() {
        return jobs;
    }

    Reply reply() {
        return reply;
    }

    /**
     * Asks whether its tenant may have so many more.
     *
     * @throws dev.millrace.api.http.problem.ProblemException 429 if it may not
     */
    void admit(KnownQuotas quotas) {
        if (!jobs.isEmpty()) {
            quotas.admitJobs(jobs.getFirst().spec().tenant(), jobs.size());
        }
    }

    CompletableFuture<SubmitResult> outcome() {
        return outcome;
    }

    /** What its commit writes, in rows: a call without jobs still has its key. */
    int rows() {
        return jobs.size() + 1;
    }

    long size() {
        return OVERHEAD
                + jobs.stream()
                        .mapToLong(job -> OVERHEAD + job.spec().payload().length())
                        .sum();
    }
}
