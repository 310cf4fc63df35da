package dev.millrace.scheduler;

import dev.millrace.embedded.EmbeddedPostgres;
import dev.millrace.embedded.EmbeddedRedis;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.jobs.calls.RedisJobStreams;
import dev.millrace.stream.redis.FunctionLibrary;
import dev.millrace.stream.redis.RedisLink;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A Redis, cold at first, and a PostgreSQL for the service under test; tests may open, break and mend them. */
public final class SchedulerServers implements QuarkusTestResourceLifecycleManager {

    private static @Nullable EmbeddedRedis redis;
    private static @Nullable EmbeddedPostgres postgres;

    public static EmbeddedPostgres postgres() {
        return Objects.requireNonNull(postgres, "started with the service under test");
    }

    public static EmbeddedRedis server() {
        return Objects.requireNonNull(redis, "started with the service under test");
    }

    /** Opens it with an epoch, as an api instance does. */
    public static void open(RedisLink link, int epoch) {
        FunctionLibrary.load(link);
        new RedisJobStreams(link, link, StreamNames.DEFAULT, "opener").bless(epoch);
    }

    @Override
    public Map<String, String> start() {
        try {
            Path folder = Files.createTempDirectory("millrace-scheduler");
            redis = EmbeddedRedis.start(EmbeddedRedis.Options.forTests(folder.resolve("redis")));
            postgres = EmbeddedPostgres.start(EmbeddedPostgres.Options.forTests(folder.resolve("postgres")));
            return Map.of(
                    "REDIS_URL", server().url(),
                    "DATABASE_URL", postgres().url());
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    @Override
    public void stop() {
        server().close();
        postgres().close();
    }
}
