package dev.millrace.api.outbox;

import dev.millrace.api.YoungDatabase;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.job.JobSpec;
import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import dev.millrace.stream.entries.Lane;
import dev.millrace.stream.jobs.JobStreams;
import dev.millrace.testkit.fake.FakeRedis;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutboxPlansPgTest {

    private final YoungDatabase young = YoungDatabase.make();
    private final FakeRedis redis = new FakeRedis(InstantSource.system());
    private final OutboxSettler settler = new OutboxSettler(young.byKey());
    private final Relay relay = relay();

    @AfterEach
    void close() {
        young.close();
    }

    private Relay relay() {
        JobStreams streams = redis.streams("api");
        streams.bless(1);
        return new Relay(
                young.byKey(),
                streams,
                new OverflowJobs(young.any(), streams),
                new FutureJobs(young.any()),
                new OutboxMeters(young.any(), new SimpleMeterRegistry()));
    }

    @Test
    void plansThatWereMadeForEmptyTablesAreMadeAnewWhenTheyHaveGrown() throws Exception {
        settleAndRelay();
        young.grow(3_000).look();
        settleAndRelay();

        assertNamedAndByKey();
    }

    @Test
    void plansForTablesOfAHundredRowsGoByKey() throws Exception {
        young.grow(100).analyze();
        settleAndRelay();

        assertNamedAndByKey();
    }

    private void assertNamedAndByKey() {
        young.assertNamedAndByKey(
                "delete from api.outbox",
                "update api.outbox",
                "set parked = wanted.band",
                "for update skip locked",
                "order by created_at, id");
    }

    private void settleAndRelay() throws InterruptedException {
        Job full = Job.first(
                new JobId(UUID.randomUUID()),
                JobSpec.of(new TaskName("demo.echo"), new QueueName("default"), "default", "{}"));
        settler.settle(
                List.of(new Settlement(1, List.of(), List.of(full)), new Settlement(2, List.of(full.id()), List.of())));
        settler.settleOnce();
        young.byKey().transaction(Duration.ofSeconds(5), tx -> {
            OutboxRows.addDue(tx, Lane.of(full.queue(), full.band()), List.of(full.id()));
            return 1;
        });
        relay.relayOnce();
    }
}
