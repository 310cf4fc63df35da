package dev.millrace.api.jobs.submit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.api.YoungDatabase;
import dev.millrace.api.jobs.accept.AcceptMeters;
import dev.millrace.api.jobs.accept.Acceptance;
import dev.millrace.api.outbox.OutboxMeters;
import dev.millrace.api.outbox.OutboxSettler;
import dev.millrace.api.outbox.Publisher;
import dev.millrace.api.outbox.RedisClock;
import dev.millrace.api.record.job.BodyHash;
import dev.millrace.api.record.job.DueTime;
import dev.millrace.api.record.job.JobDetails;
import dev.millrace.api.record.job.NewJob;
import dev.millrace.job.JobId;
import dev.millrace.job.JobSpec;
import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import dev.millrace.stream.jobs.JobStreams;
import dev.millrace.testkit.fake.FakeRedis;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SubmitPlansPgTest {

    private final YoungDatabase young = YoungDatabase.make();
    private final SubmitCommit commit = commit();

    @AfterEach
    void close() {
        young.close();
    }

    private SubmitCommit commit() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        JobStreams redis = new FakeRedis(InstantSource.system()).streams("api");
        Publisher publisher = new Publisher(
                redis,
                new RedisClock(redis, System::nanoTime),
                new OutboxSettler(young.byKey()),
                new OutboxMeters(young.any(), meters));
        AcceptMeters accepting = new AcceptMeters(meters);
        return new SubmitCommit(young.byKey(), new Acceptance(publisher, accepting), accepting);
    }

    @Test
    void plansThatWereMadeForEmptyTablesAreMadeAnewWhenTheyHaveGrown() {
        submit();
        young.grow(3_000).look();
        submit();

        assertNamedAndByKey();
    }

    @Test
    void plansForTablesOfAHundredRowsGoByKey() {
        young.grow(100).analyze();
        submit();

        assertNamedAndByKey();
    }

    @Test
    void acceptsACallWithOneStatement() {
        commit.commit(List.of(call(null, job())));
        assertThat(young.statements()).hasSize(1);

        commit.commit(List.of(call(key(), job()), call(null, job())));
        assertThat(young.statements()).hasSize(2);
    }

    private void assertNamedAndByKey() {
        young.assertNamedAndByKey(
                "insert into api.job",
                "insert into api.outbox",
                "insert into api.idempotency",
                "body_hash from unnest");
    }

    /** With and without a key, and as a repetition of the key, of the id, and of the id under another key. */
    private void submit() {
        NewJob job = job();
        commit.commit(List.of(call(null, job)));
        commit.commit(List.of(call(null, job)));
        IdempotencyKeys.Key key = key();
        commit.commit(List.of(call(key, job())));
        commit.commit(List.of(call(key, job())));
        commit.commit(List.of(call(key(), job)));
    }

    private static IdempotencyKeys.Key key() {
        return new IdempotencyKeys.Key("default", UUID.randomUUID().toString());
    }

    private static Submission call(IdempotencyKeys.@Nullable Key key, NewJob job) {
        return new Submission(key, job.body(), List.of(job), results -> Optional.of(""));
    }

    private static NewJob job() {
        JobSpec spec = JobSpec.of(new TaskName("demo.echo"), new QueueName("default"), "default", "{}");
        return new NewJob(
                new JobId(UUID.randomUUID()),
                new JobDetails(spec, 5, 4, List.of(), "{}", null, null, null),
                DueTime.NONE,
                DueTime.NONE,
                BodyHash.of(new byte[] {1}));
    }
}
