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
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    @Test
    void I3_oneKnownKeyBarsItsOwnJobsOnly() {
        commit.commit(List.of(call(key, job(1))));
        Submission again = call(key, job(1));
        Submission other = call(new IdempotencyKeys.Key(tenant, "another key"), job(2));
        Submission unnamed = call(null, job(3));

        Map<Submission, SubmitResult> outcomes = commit.commit(List.of(again, other, unnamed));

        assertThat(outcomes.get(again)).isEqualTo(new Replayed("[CREATED]"));
        assertThat(List.of(outcomes.get(other), outcomes.get(unnamed))).hasOnlyElementsOfType(Stored.class);
        assertThat(jobs()).isEqualTo(3);
    }

    @Test
    void I3_aKnownIdAmongCallsWithKeysHarmsNoOther() {
        NewJob taken = job(1);
        commit.commit(List.of(call(null, taken)));
        Submission refused = new Submission(key, hash(7), List.of(taken(taken)), REFUSED_UNLESS_NEW);
        Submission other = call(new IdempotencyKeys.Key(tenant, "another key"), job(2));
        Submission unnamed = call(null, taken);

        Map<Submission, SubmitResult> outcomes = commit.commit(List.of(refused, other, unnamed));

        assertThat(results(outcomes, refused)).containsExactly(Result.ID_CONFLICT);
        assertThat(results(outcomes, other)).containsExactly(Result.CREATED);
        assertThat(results(outcomes, unnamed)).containsExactly(Result.DUPLICATE);
        assertThat(count("select count(*) from api.idempotency where tenant = $1", tenant))
                .isEqualTo(1);
    }

    @Test
    void I3_anIdThatTwoCallsOfACommitNameIsTheFirstOnes() {
        NewJob first = job(1);
        Submission one = call(key, first);
        Submission other = call(new IdempotencyKeys.Key(tenant, "another key"), taken(first));

        Map<Submission, SubmitResult> outcomes = commit.commit(List.of(one, other));

        assertThat(results(outcomes, one)).containsExactly(Result.CREATED);
        assertThat(results(outcomes, other)).containsExactly(Result.ID_CONFLICT);
        assertThat(jobs()).isEqualTo(1);
    }

    @Test
    void I3_aCallWithoutJobsHasItsKeyAllTheSame() {
        Submission empty = new Submission(key, hash(1), List.of(), HOW_IT_WENT);
        commit.commit(List.of(empty));
        Submission again = new Submission(key, hash(1), List.of(), HOW_IT_WENT);

        assertThat(commit.commit(List.of(again))).isEqualTo(Map.of(again, new Replayed("[]")));
    }

    @Test
    void I11_leavesARowForEachLaneAndNoneForWhatWaitsHere() throws InterruptedException {
        QueueName full = new QueueName("full-" + tenant);
        QueueName free = new QueueName("free-" + tenant);
        JobId ahead = new JobId(UUID.randomUUID());
        servers.insertJob(ahead, full.value(), false);
        servers.sql("update api.job set parked = 'normal' where id = $1", ahead.uuid());
        redis.bless(1);
        clock.refreshOnce();
        NewJob parked = job(1, "{}", full);
        NewJob soon = due(job(2, "{}", full), Duration.ofMinutes(1));
        NewJob late = due(job(3, "{}", free), Duration.ofHours(1));
        NewJob low = priority(job(4, "{}", free), 1);
        NewJob normal = job(5, "{}", free);
        NewJob other = job(6, "{}", free);

        commit.commit(List.of(call(key, parked, soon, late), call(null, low, normal, other)));

        assertThat(outbox(full)).containsExactlyInAnyOrder("normal 1");
        assertThat(outbox(free)).containsExactlyInAnyOrder("low 1", "normal 2");
        publisher.publishOnce();
        assertThat(redis.live(free, Band.LOW)).isEqualTo(1);
        assertThat(redis.live(free, Band.NORMAL)).isEqualTo(2);
        assertThat(count(
                        "select count(*) from api.job where parked = 'normal' and id = $1",
                        parked.id().uuid()))
                .isEqualTo(1);
        assertThat(count(
                        "select count(*) from api.job where kept and id = $1",
                        late.id().uuid()))
                .isEqualTo(1);
    }

    private List<String> outbox(QueueName queue) {
        List<String> rows = new ArrayList<>();
        servers.sql("select band || ' ' || cardinality(job_ids) from api.outbox where queue = $1", queue.value())
                .forEach(row -> rows.add(row.getString(0)));
        return rows;
    }

    private static List<Result> results(Map<Submission, SubmitResult> outcomes, Submission call) {
        return ((Stored) Objects.requireNonNull(outcomes.get(call))).results();
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

    private static Submission call(IdempotencyKeys.@Nullable Key key, NewJob... jobs) {
        return new Submission(key, jobs[0].body(), List.of(jobs), HOW_IT_WENT);
    }

    /** Another job of the same id. */
    private static NewJob taken(NewJob job) {
        return new NewJob(job.id(), job.details(), DueTime.NONE, DueTime.NONE, hash(9));
    }

    private static NewJob due(NewJob job, Duration after) {
        return new NewJob(job.id(), job.details(), new DueTime(after, null), DueTime.NONE, job.body());
    }

    private static NewJob priority(NewJob job, int priority) {
        JobSpec spec = job.spec().withBand(Band.ofPriority(priority));
        return new NewJob(
                job.id(),
                new JobDetails(spec, priority, 4, List.of(), "{}", null, null, null),
                DueTime.NONE,
                DueTime.NONE,
                job.body());
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
                new JobDetails(spec, 5, 4, List.of(), "{}", null, null, null),
                DueTime.NONE,
                DueTime.NONE,
                hash(body));
    }

    private static BodyHash hash(int body) {
        return BodyHash.of(new byte[] {(byte) body});
    }
}
