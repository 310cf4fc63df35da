package dev.millrace.worker.tasks.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.stream.redis.RedisTime;
import dev.millrace.task.PermanentFailure;
import dev.millrace.testkit.RedisFixture;
import dev.millrace.worker.outbound.LocalWeb;
import dev.millrace.worker.outbound.OutboundRefused;
import dev.millrace.worker.tasks.RecordingContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HealthTaskRedisTest {

    @RegisterExtension
    static final RedisFixture REDIS = RedisFixture.forgetful();

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-03-01T12:00:00Z"));

    private final LocalWeb web = new LocalWeb();
    private final HealthTask task = new HealthTask(LocalWeb.client(), new RedisTime(REDIS.link()), CLOCK);

    @AfterEach
    void stop() {
        web.close();
    }

    @Test
    void returnsEveryAnswerInOrder() throws Exception {
        web.serve("/b", "fine").serve("/a", "fine").redirect("/moved", web.url("/a"));

        Health health = look(web.url("/b"), web.url("/a"), web.url("/moved"));

        assertThat(health.urls())
                .containsExactly(
                        new Health.Answer(web.url("/b"), 200, 0),
                        new Health.Answer(web.url("/a"), 200, 0),
                        new Health.Answer(web.url("/a"), 200, 0));
        assertThat(health.redisMs()).isZero();
    }

    @Test
    void looksAtRedisAlone() throws Exception {
        assertThat(look()).isEqualTo(new Health(List.of(), 0));
    }

    @Test
    void asksAllAndNamesThoseThatAreNotWell() {
        web.serve("/well", "fine");

        assertThatThrownBy(() -> look(web.url("/gone"), web.url("/well"), web.url("/gone-too")))
                .isInstanceOf(HealthFailed.class)
                .isNotInstanceOf(PermanentFailure.class)
                .hasMessageStartingWith("2 of 3 are not well. ")
                .hasMessageContaining("/gone ")
                .hasMessageContaining("/gone-too ")
                .hasMessageContaining("404")
                .hasMessageNotContaining("/well");
    }

    @Test
    void saysWhatTheWorkerMayNotAsk() {
        assertThatThrownBy(() -> look("http://169.254.169.254/latest/meta-data"))
                .isInstanceOf(OutboundRefused.class);
    }

    @Test
    void refusesUrlsAndTimesThatCannotBe() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HealthCheck(Collections.nCopies(21, "http://a.b"), null))
                .withMessageStartingWith("urls has 21: give up to 20");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HealthCheck(Arrays.asList("http://a.b", nothing()), null));
        assertThatIllegalArgumentException().isThrownBy(() -> new HealthCheck(List.of(" "), null));
        assertThatIllegalArgumentException().isThrownBy(() -> new HealthCheck(List.of(), Duration.ZERO));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HealthCheck(List.of(), Duration.ofSeconds(31)))
                .withMessage("timeout is PT31S: it must be from PT0.001S to PT30S.");
    }

    private Health look(String... urls) throws Exception {
        return task.look(new HealthCheck(List.of(urls), null), RecordingContext.ofAttempt(1));
    }

    private static @Nullable String nothing() {
        return null;
    }
}
