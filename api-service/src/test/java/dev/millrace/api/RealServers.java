package dev.millrace.api;

import dev.millrace.embedded.EmbeddedPostgres;
import dev.millrace.embedded.EmbeddedRedis;
import dev.millrace.job.EntryId;
import dev.millrace.job.JobId;
import dev.millrace.postgres.Db;
import dev.millrace.postgres.QuarantineTable;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.groups.GroupMember;
import dev.millrace.stream.redis.RedisLink;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.flywaydb.core.Flyway;

/** One PostgreSQL with our tables and one Redis for all plain tests of a JVM; tests keep apart by job and stream. */
public final class RealServers {

    public static final Duration SOON = Duration.ofSeconds(30);

    private static final RealServers ONE = new RealServers();

    private final EmbeddedPostgres postgres;
    private final EmbeddedRedis redis;
    private final Vertx vertx = Vertx.vertx();
    private final Pool pool;

    private RealServers() {
        Path folder = temporaryFolder();
        postgres = EmbeddedPostgres.start(EmbeddedPostgres.Options.forTests(folder.resolve("postgres")));
        redis = EmbeddedRedis.start(EmbeddedRedis.Options.forTests(folder.resolve("redis")));
        migrate(postgres.url(), "latest");
        pool = pool(postgres.url());
    }

    private static void migrate(String url, String version) {
        Flyway.configure()
                .dataSource("jdbc:" + url.replace("postgres@", "") + "?user=postgres", "postgres", "")
                .target(version)
                .load()
                .migrate();
    }

    public static RealServers get() {
        return ONE;
    }

    public Pool pool() {
        return pool;
    }

    private Pool pool(String url) {
        return pool(PgConnectOptions.fromUri(url), 8);
    }

    Pool pool(PgConnectOptions options, int connections) {
        return pool(vertx, options, connections);
    }

    /** One whose connections are served by another client's thread. */
    public Pool pool(Vertx vertx, int connections) {
        return pool(vertx, PgConnectOptions.fromUri(postgres.url()), connections);
    }

    private static Pool pool(Vertx vertx, PgConnectOptions options, int connections) {
        return PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(connections))
                .connectingTo(options)
                .using(vertx)
                .build();
    }

    /** How to reach another database with our tables, which is new. */
    PgConnectOptions newDatabase(String name) {
        return databaseOf(name, "latest");
    }

    /** How to reach another database with our tables as that version of the schema had them, which is new. */
    PgConnectOptions databaseOf(String name, String version) {
        await(pool.query("create database " + name).execute().toCompletionStage());
        migrate(url(name), version);
        return PgConnectOptions.fromUri(url(name));
    }

    /** Makes of its tables what this release wants. */
    void upgrade(String name) {
        migrate(url(name), "latest");
    }

    private String url(String database) {
        return postgres.url().replace("/millrace", "/" + database);
    }

    /** One whose every query fails. */
    public Pool poolThatIsClosed() {
        Pool closed = pool(postgres.url());
        await(closed.close().toCompletionStage());
        return closed;
    }

    /** A link of its own, for one reader. */
    public RedisLink link() {
        return new RedisLink(Redis.createClient(vertx, redis.url()), SOON);
    }

    /** An instance of the api as a consumer of streams, with a link for each; what nobody can read goes to the table. */
    public GroupMember member(String name, InstantSource clock) {
        return new GroupMember(
                this::link,
                link(),
                StreamNames.DEFAULT,
                StreamNames.API,
                name,
                clock,
                new QuarantineTable(new Db(pool, System::nanoTime), "api"));
    }

    public RowSet<Row> sql(String sql, Object... parameters) {
        return await(pool.preparedQuery(sql).execute(Tuple.from(parameters)).toCompletionStage());
    }

    /** A job as submit writes it. */
    public void insertJob(JobId id, String queue, boolean ignoreResult) {
        sql("""
                insert into api.job (id, tenant, task, queue, priority, payload, tags, body_hash, state, ignore_result)
                values ($1, 'default', 'demo.echo', $2, 5, '{"value":1}', '{vip}', '\\x00', 'QUEUED', $3)""", id.uuid(), queue, ignoreResult);
    }

    public JobId insertJob() {
        JobId id = new JobId(UUID.randomUUID());
        insertJob(id, "default", false);
        return id;
    }

    /** Adds an entry; Redis chooses its id. */
    public static EntryId add(RedisLink link, String stream, Map<String, String> fields) {
        return add(link, stream, "*", fields);
    }

    public static EntryId add(RedisLink link, String stream, String id, Map<String, String> fields) {
        Request request = Request.cmd(Command.XADD).arg(stream).arg(id);
        fields.forEach((name, value) -> request.arg(name).arg(value));
        return EntryId.parse(String.valueOf(link.call(request)));
    }

    public static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(SOON.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        } catch (ExecutionException | TimeoutException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("millrace-api-test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
