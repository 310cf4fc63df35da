package dev.millrace.api.jobs.submit;

import dev.millrace.api.jobs.accept.AddedJobs;
import dev.millrace.api.record.job.JobInserts;
import dev.millrace.api.record.job.NewJob;
import dev.millrace.job.JobId;
import dev.millrace.postgres.Columns;
import dev.millrace.postgres.Tx;
import java.util.List;
import java.util.stream.Stream;

/**
 * One statement that claims keys and adds jobs: those without a key, and those whose key it has got. It cannot put a kept reply
 * right afterwards, so PostgreSQL refuses all of it where the id of a job is there already.
 */
final class ClaimingInsert {

    private static final int CLAIM = JobInserts.PARAMETERS + 1;
    private static final int KEYED = CLAIM + IdempotencyKeys.PARAMETERS;

    private static final String CLAIM_AND_ADD = """
            with claimed as (
            %s),
            barred as (
                select id from unnest($%d::uuid[], $%d::text[], $%d::text[]) as keyed (id, tenant, key)
                where (tenant, key) not in (select tenant, key from claimed)),
            %s""".formatted(
                    IdempotencyKeys.claiming(CLAIM),
                    KEYED,
                    KEYED + 1,
                    KEYED + 2,
                    AddedJobs.adding(JobInserts.ADD_UNLESS_BARRED));

    private ClaimingInsert() {}

    /** A job whose call has a key. */
    private record Keyed(IdempotencyKeys.Key key, JobId id) {}

    /** Whether these calls are of that kind: no id is named twice, and a job tells of each key whether it was claimed. */
    static boolean fits(List<Submission> calls) {
        List<JobId> ids = jobs(calls).map(NewJob::id).toList();
        return ids.stream().distinct().count() == ids.size()
                && calls.stream().noneMatch(one -> one.jobs().isEmpty());
    }

    /** Runs it for calls of which no two share a key. */
    static AddedJobs run(Tx tx, List<Submission> calls) {
        Columns<Keyed> keyed = new Columns<>(keyed(calls));
        Stream<Object> claims = IdempotencyKeys.values(Submission.claims(calls));
        Stream<Object> barring = Stream.of(
                keyed.uuids(one -> one.id().uuid()),
                keyed.texts(one -> one.key().tenant()),
                keyed.texts(one -> one.key().text()));
        return AddedJobs.of(
                tx,
                CLAIM_AND_ADD,
                Stream.of(JobInserts.values(jobs(calls).toList()), claims, barring)
                        .flatMap(part -> part));
    }

    private static Stream<NewJob> jobs(List<Submission> calls) {
        return calls.stream().flatMap(one -> one.jobs().stream());
    }

    private static List<Keyed> keyed(List<Submission> calls) {
        return calls.stream().flatMap(ClaimingInsert::keyed).toList();
    }

    private static Stream<Keyed> keyed(Submission call) {
        IdempotencyKeys.Key key = call.key();
        return key == null ? Stream.of() : call.jobs().stream().map(job -> new Keyed(key, job.id()));
    }
}
