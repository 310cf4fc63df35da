package dev.millrace.api.jobs.submit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.api.RealServers;
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
import dev.millrace.api.record.query.JobFilter;
import dev.millrace.api.record.query.JobQueries;
import dev.millrace.embedded.EmbeddedPostgres;
import dev.millrace.job.JobId;
import dev.millrace.job.JobSpec;
import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import dev.millrace.postgres.Db;
import dev.millrace.postgres.Sessions;
import dev.millrace.stream.jobs.JobStreams;
import dev.millrace.testkit.fake.FakeRedis;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * What row-level security would cost as a second wall (ADR 50): the service's own statements, as a role that may not pass policies by, with a
 * policy on the table of jobs and without, in turns within one run. Measured when {@code -Dmillrace.measure=row-security} asks for it.
 */
@EnabledIfSystemProperty(named = "millrace.measure", matches = "row-security")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RowSecurityCostPgTest {

    private static final int ROUNDS = 9;
    private static final int TENANTS = 20;
    private static final String ROLE = """
            create role service login;
            grant usage on schema api to service;
            grant all on all tables in schema api to service;
            grant all on all sequences in schema api to service;
            grant execute on all functions in schema api to service;
            create policy tenant on api.job using (tenant = current_setting('millrace.tenant', true)
                or current_setting('millrace.tenant', true) = '*')""";
    private static final String FILL = """
            insert into api.job (id, tenant, task, queue, priority, payload, body_hash, state, created_at)
            select gen_random_uuid(), 't' || n %% %d, 'demo.echo', 'default', 5, repeat('x', 200), '\\x00', 'SCHEDULED',
                now() - n * interval '1 second'
            from generate_series(1, 50000) n""".formatted(TENANTS);

    private final Vertx vertx = Vertx.vertx();
    private EmbeddedPostgres postgres;
    private Pool owner;

    @BeforeAll
    void fill(@TempDir Path folder) {
        postgres = EmbeddedPostgres.start(EmbeddedPostgres.Options.forTests(folder));
        Flyway.configure()
                .dataSource("jdbc:" + postgres.url().replace("postgres@", "") + "?user=postgres", "postgres", "")
                .load()
                .migrate();
        owner = pool(PgConnectOptions.fromUri(postgres.url()), 1);
        Stream.of(ROLE.split(";", -1)).forEach(this::sql);
        sql(FILL);
        sql("vacuum analyze");
    }

    @AfterAll
    void stop() {
        RealServers.await(vertx.close().toCompletionStage());
        postgres.close();
    }

    private Pool pool(PgConnectOptions options, int connections) {
        return PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(connections))
                .connectingTo(options)
                .using(vertx)
                .build();
    }

    private void sql(String text) {
        // A busy machine fills a table for longer than tests usually wait.
        owner.query(text).execute().toCompletionStage().toCompletableFuture().join();
    }

    /** A connection of the service's role, all of whose statements are of this tenant, or with {@code *} of all. */
    private PgConnectOptions as(String tenant) {
        return PgConnectOptions.fromUri(postgres.url()).setUser("service").addProperty("millrace.tenant", tenant);
    }

    @Test
    void isMeasuredOnSubmitsAndLists() {
        Pool reading = pool(Sessions.any(as("t7")), 1);
        JobQueries queries = new JobQueries(reading);
        JobFilter all = JobFilter.everythingOf("t7");
        SubmitCommit commit = commit();
        Map<String, Runnable> work = new LinkedHashMap<>();
        work.put("a submit of one job", () -> commit.commit(List.of(call(1))));
        work.put("a commit of 1,000 jobs", () -> commit.commit(List.of(call(1_000))));
        work.put("a page of 50", () -> RealServers.await(queries.list(all, null, 50)));
        work.put(
                "saying whose a transaction is, in two statements",
                () -> RealServers.await(reading.withTransaction(
                                link -> link.query("select set_config('millrace.tenant', 't7', true)")
                                        .execute()
                                        .compose(told -> link.query("select 1").execute()))
                        .toCompletionStage()));
        Map<String, Integer> times = Map.of("a commit of 1,000 jobs", 5);
        Map<String, List<Double>> without = new LinkedHashMap<>();
        Map<String, List<Double>> with = new LinkedHashMap<>();

        for (int round = 0; round <= ROUNDS; round++) {
            for (boolean guarded : new boolean[] {false, true}) {
                sql("alter table api.job " + (guarded ? "enable" : "disable") + " row level security");
                int measured = round;
                work.forEach((name, one) -> {
                    double micros = micros(one, times.getOrDefault(name, 300));
                    if (measured > 0) {
                        (guarded ? with : without)
                                .computeIfAbsent(name, any -> new ArrayList<>())
                                .add(micros);
                    }
                });
            }
        }
        work.keySet()
                .forEach(name -> System.out.printf(
                        "%-52s without %8.0f us, with %8.0f us%n", name, median(without, name), median(with, name)));

        assertThat(seen(reading, "t7")).isEqualTo(seen(owner, "t7")).isPositive();
        assertThat(seen(reading, "t8")).isZero();
    }

    private static double median(Map<String, List<Double>> rounds, String name) {
        return rounds.getOrDefault(name, List.of()).stream().sorted().toList().get(ROUNDS / 2);
    }

    private static double micros(Runnable one, int times) {
        long began = System.nanoTime();
        for (int i = 0; i < times; i++) {
            one.run();
        }
        return (System.nanoTime() - began) / 1e3 / times;
    }

    private static long seen(Pool pool, String tenant) {
        return RealServers.await(pool.query("select count(*) from api.job where tenant = '" + tenant + "'")
                        .execute()
                        .toCompletionStage())
                .iterator()
                .next()
                .getLong(0);
    }

    private SubmitCommit commit() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        JobStreams redis = new FakeRedis(InstantSource.system()).streams("api");
        Db byKey = Db.keeping(pool(Sessions.byKey(as("*")), 1), 1, System::nanoTime);
        Publisher publisher = new Publisher(
                redis,
                new RedisClock(redis, System::nanoTime),
                new OutboxSettler(byKey),
                new OutboxMeters(new Db(pool(Sessions.any(as("*")), 1), System::nanoTime), meters));
        AcceptMeters accepting = new AcceptMeters(meters);
        return new SubmitCommit(byKey, new Acceptance(publisher, accepting), accepting);
    }

    private static Submission call(int jobs) {
        List<NewJob> made = IntStream.range(0, jobs).mapToObj(i -> job()).toList();
        return new Submission(null, made.getFirst().body(), made, results -> Optional.of(""));
    }

    private static NewJob job() {
        JobSpec spec = JobSpec.of(new TaskName("demo.echo"), new QueueName("default"), "t7", "{}");
        return new NewJob(
                new JobId(UUID.randomUUID()),
                new JobDetails(spec, 5, 4, List.of(), "{}", null, null, null),
                DueTime.NONE,
                DueTime.NONE,
                BodyHash.of(new byte[] {1}));
    }
}
