package dev.millrace.stream.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.millrace.testkit.Awaiting;
import dev.millrace.testkit.RedisFixture;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisLinkRedisTest {

    @RegisterExtension
    static final RedisFixture REDIS = RedisFixture.forgetful();

    private static final Duration SHORT = Duration.ofMillis(200);

    private final RedisLink link = new RedisLink(REDIS.client(), SHORT);

    @Test
    void I34_goesOnOverANewConnectionAfterASilentOne() {
        String before = id();
        REDIS.server().pause();
        try {
            assertThatThrownBy(this::id)
                    .isInstanceOf(StreamsUnavailable.class)
                    .hasMessageContaining("no answer within PT0.2S");
        } finally {
            REDIS.server().resume();
        }
        assertThat(idAgain()).isNotEqualTo(before);
        Awaiting.until("the silent connection is closed", () -> !clients().contains("id=" + before + " "));
    }

    @Test
    void I34_goesOnOverANewConnectionAfterItsOwnWasKilled() {
        String before = id();
        REDIS.ask("CLIENT", "KILL", "ID", before);
        assertThat(idAgain()).isNotEqualTo(before);
    }

    @Test
    void tellsACallByWhichNumberRedisKnowsItsConnection() {
        RedisLink.Answer answer = link.callKnowing(number -> Requests.of(Command.CLIENT, "ID"));
        assertThat(String.valueOf(answer.reply())).isEqualTo(Long.toString(answer.connection()));
        assertThat(link.isOpen(answer.connection())).isTrue();
        REDIS.ask("CLIENT", "KILL", "ID", answer.connection());
        Awaiting.until("the connection is known to be lost", () -> !link.isOpen(answer.connection()));
        assertThat(link.callKnowing(number -> Requests.of(Command.CLIENT, "ID")).connection())
                .isGreaterThan(answer.connection());
    }

    @Test
    void takesAConnectionThatEndsUnderACallForALostAnswer() throws InterruptedException {
        RedisLink waiting = REDIS.link();
        String id = String.valueOf(waiting.call(Requests.of(Command.CLIENT, "ID")));
        AtomicReference<Throwable> outcome = new AtomicReference<>();
        Thread reader = Thread.ofVirtual()
                .start(() -> outcome.set(catchThrowable(
                        () -> waiting.call(Requests.of(Command.BLPOP, "nothing", 5), Duration.ofSeconds(5)))));
        Awaiting.until("the read waits", () -> clients().contains("cmd=blpop"));
        REDIS.ask("CLIENT", "KILL", "ID", id);
        reader.join();
        assertThat(outcome.get())
                .isInstanceOf(StreamsUnavailable.class)
                .isNotInstanceOf(StreamsUnavailable.Refused.class)
                .hasMessageContaining("cannot be reached");
    }

    @Test
    void stopsABlockingReadWhenItsThreadIsInterrupted() throws InterruptedException {
        RedisLink waiting = REDIS.link();
        CountDownLatch ended = new CountDownLatch(1);
        Thread reader = Thread.ofVirtual().start(() -> {
            assertThatThrownBy(() -> waiting.call(Requests.of(Command.BLPOP, "nothing", 5), Duration.ofSeconds(5)))
                    .hasMessageContaining("Interrupted");
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
            ended.countDown();
        });
        Awaiting.until("the read waits", () -> clients().contains("cmd=blpop"));
        reader.interrupt();
        ended.await();
        Awaiting.until("Redis has let the read go", () -> !clients().contains("cmd=blpop"));
    }

    @Test
    void refusesACallTooManyAndKeepsTheConnection() {
        String before = id();
        List<Request> tooMany = Collections.nCopies(5_000, Request.cmd(Command.PING));
        assertThatThrownBy(() -> link.batch(tooMany)).hasMessageContaining("Too many calls");
        assertThat(id()).isEqualTo(before);
    }

    @Test
    void passesARefusalOnWithItsCodeAndKeepsTheConnection() {
        String before = id();
        assertThatThrownBy(() -> link.call(Requests.of(Command.XINFO, "GROUPS", "nothing")))
                .isInstanceOfSatisfying(
                        StreamsUnavailable.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo("ERR"));
        assertThat(id()).isEqualTo(before);
    }

    private String id() {
        return String.valueOf(link.call(Requests.of(Command.CLIENT, "ID")));
    }

    /** A first call may meet the broken connection; the one after it must not. */
    private String idAgain() {
        try {
            return id();
        } catch (StreamsUnavailable lost) {
            return id();
        }
    }

    private static String clients() {
        return REDIS.get("CLIENT", "LIST").toString();
    }
}
