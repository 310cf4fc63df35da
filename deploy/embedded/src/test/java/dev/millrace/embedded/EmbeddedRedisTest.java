package dev.millrace.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.time.Time;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRedisTest {

    private static final Duration SHORT = Duration.ofMillis(500);

    @TempDir
    Path folder;

    @Test
    void answersUnderItsAddressOnceStarted() throws IOException {
        try (EmbeddedRedis redis = EmbeddedRedis.start(EmbeddedRedis.Options.forTests(folder))) {
            assertThat(redis.url()).isEqualTo("redis://127.0.0.1:" + redis.port());
            assertThat(ask(redis, "INFO"))
                    .contains("redis_version:7.0.15", "maxmemory_policy:noeviction", "process_id:" + redis.pid());
        }
    }

    @Test
    void leavesNoProcessWhenClosed() {
        EmbeddedRedis redis = EmbeddedRedis.start(EmbeddedRedis.Options.forTests(folder));

        redis.close();

        assertThat(ProcessHandle.of(redis.pid())).isEmpty();
    }

    @Test
    void findsItsDataAgainAfterARestart() throws IOException {
        try (EmbeddedRedis redis = EmbeddedRedis.start(EmbeddedRedis.Options.durable(folder))) {
            ask(redis, "SET", "wheel", "turns");
            long before = redis.pid();

            redis.restart();

            assertThat(redis.pid()).isNotEqualTo(before);
            assertThat(ask(redis, "GET", "wheel")).isEqualTo("turns");
        }
    }

    @Test
    void findsWhatWasOnTheDiskAgainAfterKill9() throws IOException {
        try (EmbeddedRedis redis =
                EmbeddedRedis.start(EmbeddedRedis.Options.durable(folder).withArguments("--appendfsync", "always"))) {
            ask(redis, "SET", "wheel", "turns");

            redis.kill();
            redis.restart();

            assertThat(ask(redis, "GET", "wheel")).isEqualTo("turns");
        }
    }

    @Test
    void saysNothingWhilePausedAndAnswersWhenResumed() throws IOException {
        try (EmbeddedRedis redis = EmbeddedRedis.start(EmbeddedRedis.Options.forTests(folder))) {
            redis.pause();
            assertThatThrownBy(() -> ask(redis, "PING")).isInstanceOf(SocketTimeoutException.class);

            redis.resume();

            assertThat(ask(redis, "PING")).isEqualTo("PONG");
        }
    }

    @Test
    void refusesAPortThatIsTaken() {
        try (EmbeddedRedis first = EmbeddedRedis.start(EmbeddedRedis.Options.forTests(folder.resolve("1")))) {
            EmbeddedRedis.Options second =
                    EmbeddedRedis.Options.forTests(folder.resolve("2")).withPort(first.port());

            assertThatThrownBy(() -> EmbeddedRedis.start(second))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("Port " + first.port() + " for Redis is taken")
                    .hasMessageContaining("choose another port");
        }
    }

    @Test
    void tellsWhatRedisSaidIfItDoesNotStart() {
        EmbeddedRedis.Options wrong = EmbeddedRedis.Options.forTests(folder).withArguments("--no-such-setting", "1");

        assertThatThrownBy(() -> EmbeddedRedis.start(wrong))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("exit code 1")
                .hasMessageContaining("no-such-setting");
    }

    @Test
    void givesUpOnAProgramThatStaysSilent() throws IOException {
        Path silent = Files.writeString(folder.resolve("silent"), "#!/bin/sh\nexec tail -f /dev/null\n");
        assertThat(silent.toFile().setExecutable(true)).isTrue();
        AtomicLong seconds = new AtomicLong();
        Time quick = new Time(() -> Instant.EPOCH, () -> seconds.incrementAndGet() * 1_000_000_000, pause -> {});

        EmbeddedRedis.Options options = EmbeddedRedis.Options.forTests(folder).withProgram(silent);

        assertThatThrownBy(() -> EmbeddedRedis.start(options, quick))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("did not answer within 20 s");
    }

    @Test
    void namesItsFolderInTheProcessTitle() {
        Path spaced = folder.resolve("a folder");
        try (EmbeddedRedis redis = EmbeddedRedis.start(EmbeddedRedis.Options.durable(spaced))) {
            assertThat(spaced.resolve("appendonlydir")).exists();
            assertThat(CommandLines.of(redis.pid())).contains(spaced.toString());
        }
    }

    @Test
    void refusesAFolderThatCannotBe() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> EmbeddedRedis.start(EmbeddedRedis.Options.forTests(file.resolve("data"))))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("Cannot write Redis' data to " + file.resolve("data"));
    }

    private static String ask(EmbeddedRedis redis, String... words) throws IOException {
        try (RedisTalk talk = RedisTalk.open(URI.create(redis.url()), SHORT)) {
            return talk.ask(words);
        }
    }
}
