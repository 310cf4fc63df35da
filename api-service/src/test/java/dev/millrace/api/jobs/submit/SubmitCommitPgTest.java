package dev.millrace.api.jobs.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.api.RealServers;
import dev.millrace.api.jobs.accept.AcceptMeters;
import dev.millrace.api.jobs.accept.Acceptance;
import dev.millrace.api.jobs.submit.Submission.Reply;
import dev.millrace.api.jobs.submit.SubmitResult.KeyReused;
import dev.millrace.api.jobs.submit.SubmitResult.Replayed;
import dev.millrace.api.jobs.submit.SubmitResult.Stored;
import dev.millrace.api.outbox.OutboxMeters;
import dev.millrace.api.outbox.OutboxSettler;
import dev.millrace.api.outbox.Publisher;
import dev.millrace.api.outbox.RedisClock;
import dev.millrace.api.record.job.BodyHash;
import dev.millrace.api.record.job.DueTime;
import dev.millrace.api.record.job.JobDetails;
import dev.millrace.api.record.job.JobInserts.Result;
import dev.millrace.api.record.job.NewJob;
import dev.millrace.job.Band;
import dev.millrace.job.JobId;
import dev.millrace.job.JobSpec;
import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import dev.millrace.postgres.Db;
import dev.millrace.stream.jobs.JobStreams;
import dev.millrace.testkit.fake.FakeRedis;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.pgclient.PgException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SubmitCommitPgTest {

    private static final QueueName DEFAULT = new QueueName("default");
    private static final Reply HOW_IT_WENT = results -> Optional.of(results.toString());
    private static final Reply REFUSED_UNLESS_NEW =
            results -> results.contains(Result.ID_CONFLICT) ? Optional.empty() : Optional.of("new");

    private final RealServers servers = RealServers.get();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Db db = new Db(servers.pool(), System::nanoTime);
    private final JobStreams redis = new FakeRedis(InstantSource.system()).streams("api");
    private final RedisClock clock = new RedisClock(redis, System::nanoTime);
    private final Publisher publisher =
            new Publisher(redis, clock, new OutboxSettler(db), new OutboxMeters(db, meters));
    private final SubmitCommit commit = commit();
    private final String tenant = UUID.randomUUID().toString();
    private final IdempotencyKeys.Key key = new IdempotencyKeys.Key(tenant, "a key");

    private SubmitCommit commit() {
        AcceptMeters accepting = new AcceptMeters(meters);
        return new SubmitCommit(db, new Acceptance(publisher, accepting), accepting);
    }

    @Test
    void I1_writesTheJobAndItsOutboxRowTogether() {
        Submission call = call(null, job(1));

        assertThat(commit.commit(List.of(call)).get(call))
                .isInstanceOfSatisfying(
                        Stored.class, stored -> assertThat(stored.results()).containsExactly(Result.CREATED));
        assertThat(jobs()).isEqualTo(1);
        assertThat(count("select count(*) from api.outbox where $1 = any(job_ids)", id(call)))
                .isEqualTo(1);
    }

    @Test
    void publishesWhatItHasCommitted() throws InterruptedException {
        redis.bless(1);
        clock.refreshOnce();

        commit.commit(List.of(call(null, job(1)), call(null, job(2))));
        publisher.publishOnce();

        assertThat(redis.live(DEFAULT, Band.NORMAL)).isEqualTo(2);
    }

    @Test
    void letsAJobWaitBehindThoseThatAreParkedInItsLane() throws InterruptedException {
        QueueName full = new QueueName("full-" + tenant);
        JobId ahead = new JobId(UUID.randomUUID());
        servers.insertJob(ahead, full.value(), false);
        servers.sql("update api.job set parked = 'normal' where id = $1", ahead.uuid());
        redis.bless(1);
        clock.refreshOnce();

        commit.commit(List.of(call(null, job(1, "{}", full))));
        publisher.publishOnce();

        assertThat(redis.live(full, Band.NORMAL)).isZero();
        assertThat(count("select count(*) from api.job where parked = 'normal' and queue = $1", full.value()))
                .isEqualTo(2);
    }

    @Test
    void leavesToTheRelayWhatItCommittedWhileRedisWasAway() {
        commit.commit(List.of(call(null, job(1))));

        assertThat(redis.live(DEFAULT, Band.NORMAL)).isZero();
        assertThat(jobs()).isEqualTo(1);
    }

    @Test
    void I1_writesNothingOfABatchOfWhichPostgresqlRefusesAPart() {
        List<Submission> batch = List.of(call(key, job(1)), call(null, job(2, "\"\0\"")));

        assertThatThrownBy(() -> commit.commit(batch)).isInstanceOf(PgException.class);

        assertThat(jobs()).isZero();
        assertThat(count("select count(*) from api.idempotency where tenant = $1", tenant))
                .isZero();
    }

    @Test
    void I3_answersARepetitionWithTheReplyThatWasKept() {
        commit.commit(List.of(call(key, job(1))));
        Submission again = call(key, job(1));

        assertThat(commit.commit(List.of(again))).isEqualTo(Map.of(again, new Replayed("[CREATED]")));
        assertThat(jobs()).isEqualTo(1);
        assertThat(meters.counter("millrace_submit_replays").count()).isEqualTo(1);
    }

    @Test
    void I3_refusesAKeyThatWasUsedForAnotherBody() {
        commit.commit(List.of(call(key, job(1))));
        Submission other = call(key, job(2));

        assertThat(commit.commit(List.of(other))).isEqualTo(Map.of(other, new KeyReused()));
        assertThat(jobs()).isEqualTo(1);
    }

    @Test
    void I3_leavesOutWhoSharesItsKeyWithAnEarlierCallOfTheBatch() {
        Submission first = call(key, job(1));
        Submission second = call(key, job(1));

        assertThat(commit.commit(List.of(first, second))).containsOnlyKeys(first);
        assertThat(commit.commit(List.of(second))).isEqualTo(Map.of(second, new Replayed("[CREATED]")));
    }

    @Test
    void I3_theSameKeyOfAnotherTenantIsAnotherKey() {
        Submission one = call(key, job(1));
        Submission other = call(new IdempotencyKeys.Key(tenant + "-2", key.text()), job(2));

        assertThat(commit.commit(List.of(one, other)).values()).hasSize(2).hasOnlyElementsOfType(Stored.class);
    }

    @Test
    void keepsWhatBecameOfTheJobsAndNotWhatWasHopedForThem() {
        NewJob taken = job(1);
        commit.commit(List.of(call(null, taken)));
        NewJob same = new NewJob(taken.id(), taken.details(), DueTime.NONE, DueTime.NONE, hash(9));
        commit.commit(List.of(new Submission(key, hash(7), List.of(same, job(2)), HOW_IT_WENT)));
        Submission again = new Submission(key, hash(7), List.of(same, job(2)), HOW_IT_WENT);

        assertThat(commit.commit(List.of(again))).isEqualTo(Map.of(again, new Replayed("[ID_CONFLICT, CREATED]")));
    }

    @Test
    void leavesTheKeyOfARefusedCallUnused() {
        NewJob taken = job(1);
        commit.commit(List.of(call(null, taken)));
        NewJob same = new NewJob(taken.id(), taken.details(), DueTime.NONE, DueTime.NONE, hash(9));
        commit.commit(List.of(new Submission(key, hash(7), List.of(same), REFUSED_UNLESS_NEW)));
        Submission mended = call(key, job(2));

        assertThat(commit.commit(List.of(mended)).get(mended)).isInstanceOf(Stored.class);
    }

    private long jobs() {
        return count("select count(*) from api.job where tenant = $1", tenant);
    }

    private long count(String sql, Object parameter) {
        return servers.sql(sql, parameter).iterator().next().getLong(0);
    }

    private static UUID id(Submission call) {
        return call.jobs().getFirst().id().uuid();
    }

    private static Submission call(IdempotencyKeys.@Nullable Key key, NewJob job) {
        return new Submission(key, job.body(), List.of(job), HOW_IT_WENT);
    }

    private NewJob job(int body) {
        return job(body, "{}");
    }

    private NewJob job(int body, String payload) {
        return job(body, payload, DEFAULT);
    }

    private NewJob job(int body, String payload, QueueName queue) {
        JobSpec spec = JobSpec.of(new TaskName("demo.echo"), queue, tenant, payload);
        return new NewJob(
                new JobId(UUID.randomUUID()),
                new JobDetails(spec, 5, 4, List.of(), "{}", null, null),
                DueTime.NONE,
                DueTime.NONE,
                hash(body));
    }

    private static BodyHash hash(int body) {
        return BodyHash.of(new byte[] {(byte) body});
    }
}
