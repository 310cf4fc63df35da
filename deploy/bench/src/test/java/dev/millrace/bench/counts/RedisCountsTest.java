package dev.millrace.bench.counts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.embedded.EmbeddedRedis;
import dev.millrace.embedded.RedisTalk;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisCountsTest {

    @TempDir
    static Path folder;

    @Test
    void areTheCommandsOfEachKindThoseWithinAFunctionToo() throws IOException {
        try (EmbeddedRedis redis = EmbeddedRedis.start(EmbeddedRedis.Options.forTests(folder));
                RedisTalk talk = RedisTalk.open(URI.create(redis.url()), Duration.ofSeconds(5))) {
            Map<String, Long> before = counted(redis);

            talk.ask("SET", "a", "1");
            talk.ask("SET", "b", "1");
            talk.ask("EVAL", "return redis.call('GET', KEYS[1])", "1", "a");
            Map<String, Long> counts = counted(redis);

            assertThat(counts).containsEntry("redis.set", 2L).containsEntry("redis.get", 1L);
            assertThat(counts.getOrDefault("redis.commands", 0L) - before.getOrDefault("redis.commands", 0L))
                    .isEqualTo(4);
        }
    }

    private static Map<String, Long> counted(EmbeddedRedis redis) {
        Map<String, Long> counts = new LinkedHashMap<>();
        new RedisCounts(URI.create(redis.url())).putInto(counts);
        return counts;
    }
}
