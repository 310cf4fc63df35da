package dev.millrace.api.schedules.fires;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.YoungDatabase;
import dev.millrace.api.catalog.queues.QueueDefaults;
import dev.millrace.api.catalog.tasks.KnownTasks;
import dev.millrace.api.catalog.tasks.TaskInfo;
import dev.millrace.api.http.json.StrictJson;
import dev.millrace.api.jobs.accept.AcceptMeters;
import dev.millrace.api.jobs.accept.Acceptance;
import dev.millrace.api.jobs.accept.Intake;
import dev.millrace.api.jobs.accept.JobIds;
import dev.millrace.api.jobs.accept.Routes;
import dev.millrace.api.outbox.OutboxMeters;
import dev.millrace.api.outbox.OutboxSettler;
import dev.millrace.api.outbox.Publisher;
import dev.millrace.api.outbox.RedisClock;
import dev.millrace.job.ExecutionPolicy;
import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import dev.millrace.json.Violation;
import dev.millrace.retry.RetryPolicy;
import dev.millrace.schedule.FireReport;
import dev.millrace.schedule.Overlap;
import dev.millrace.schedule.ScheduleKey;
import dev.millrace.stream.jobs.JobStreams;
import dev.millrace.testkit.fake.FakeRedis;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FirePlansPgTest {

    private static final Instant TICK = Instant.parse("2026-05-05T05:05:00Z");

    private final YoungDatabase young = YoungDatabase.make();
    private final FireCommit commit = commit();
    private int ticks;

    @AfterEach
    void close() {
        young.close();
    }

    private FireCommit commit() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        JobStreams redis = new FakeRedis(InstantSource.system()).streams("api");
        Publisher publisher = new Publisher(
                redis,
                new RedisClock(redis, System::nanoTime),
                new OutboxSettler(young.byKey()),
                new OutboxMeters(young.any(), meters));
        JobIds ids = new JobIds(InstantSource.fixed(TICK), new Random(1));
        return new FireCommit(
                young.byKey(),
                new Intake(new OneTask(), new Routes(List::of), queue -> QueueDefaults.PRIORITY, ids),
                new Acceptance(publisher, new AcceptMeters(meters)),
                (report, workflow) -> {
                    throw new AssertionError("No tick here starts a workflow.");
                },
                new FireMeters(meters));
    }

    @Test
    void plansThatWereMadeForEmptyTablesAreMadeAnewWhenTheyHaveGrown() {
        fire();
        young.grow(3_000).look();
        fire();

        assertNamedAndByKey();
    }

    @Test
    void plansForTablesOfAHundredRowsGoByKey() {
        young.grow(100).analyze();
        fire();

        assertNamedAndByKey();
    }

    private void assertNamedAndByKey() {
        young.assertNamedAndByKey(
                "insert into api.job",
                "insert into api.outbox",
                "insert into api.schedule_fire",
                "join api.schedule_fire",
                "job.schedule_id = asked.id",
                "update api.schedule");
    }

    /** One that makes a job, and one whose job is refused. */
    private void fire() {
        commit.commit(List.of(report("{\"task\":\"demo.echo\",\"payload\":1}"), report("{}")));
    }

    private FireReport report(String job) {
        return new FireReport(
                new ScheduleKey("default", "nightly"), 7, TICK.plusSeconds(ticks++), false, Overlap.SKIP, job);
    }

    private static final class OneTask implements KnownTasks {

        @Override
        public boolean isLoaded() {
            return true;
        }

        @Override
        public void requireLoaded() {}

        @Override
        public Optional<TaskInfo> find(TaskName name) {
            return Optional.of(new TaskInfo(
                    name,
                    new QueueName("default"),
                    "",
                    StrictJson.read("{}"),
                    StrictJson.read("{}"),
                    new ExecutionPolicy(Duration.ofSeconds(30), null, RetryPolicy.DEFAULT),
                    false,
                    List.of()));
        }

        @Override
        public boolean knowsQueue(QueueName queue) {
            return true;
        }

        @Override
        public List<Violation> validate(TaskInfo task, JsonNode payload) {
            return List.of();
        }
    }
}
