package dev.millrace.worker;

import dev.millrace.embedded.EmbeddedRedis;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.jobs.calls.RedisJobStreams;
import dev.millrace.stream.redis.FunctionLibrary;
import dev.millrace.stream.redis.RedisLink;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A Redis for the service under test, cold at first; tests may open it, break it and mend it. */
public final class WorkerRedis implements QuarkusTestResourceLifecycleManager {

    private static @Nullable EmbeddedRedis redis;

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
            EmbeddedRedis started =
                    EmbeddedRedis.start(EmbeddedRedis.Options.forTests(Files.createTempDirectory("millrace-worker")));
            redis = started;
            return Map.of("REDIS_URL", started.url());
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    @Override
    public void stop() {
        server().close();
    }
}
