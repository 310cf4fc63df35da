package dev.millrace.stream.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.testkit.RedisFixture;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.redis.client.Command;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisMetersRedisTest {

    @RegisterExtension
    static final RedisFixture REDIS = RedisFixture.forgetful();

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final RedisLink link = new RedisLink(REDIS.client(), Duration.ofMillis(200), new RedisMeters(registry));

    @Test
    void tellsASilentRedisFromAColdOneAndFromARefusal() {
        REDIS.server().pause();
        try {
            assertThatThrownBy(() -> link.call(Requests.of(Command.PING))).isInstanceOf(StreamsUnavailable.class);
        } finally {
            REDIS.server().resume();
        }
        REDIS.ask("FLUSHALL");
        assertThatThrownBy(() -> new FunctionCall("mr_epoch_1")
                        .key(RedisFixture.NAMES.epoch())
                        .on(link))
                .isInstanceOf(StreamsUnavailable.Cold.class);
        assertThatThrownBy(() -> link.call(Requests.of(Command.XADD, "x", "none", "a", "b")))
                .isInstanceOf(StreamsUnavailable.Refused.class);

        assertThat(count("silent")).isEqualTo(1);
        assertThat(count("cold")).isEqualTo(1);
        assertThat(count("refused")).isEqualTo(1);
        assertThat(count("unreachable")).isZero();
    }

    @Test
    void countsNoStreamOrGroupThatIsNotThere() {
        assertThatThrownBy(() -> link.call(Requests.of(Command.XINFO, "GROUPS", "nothing")))
                .isInstanceOf(StreamsUnavailable.Refused.class);
        assertThatThrownBy(() -> new GroupLess(link).read()).isInstanceOf(StreamsUnavailable.Refused.class);

        assertThat(count("refused")).isZero();
    }

    /** Reads without making the group. */
    private record GroupLess(RedisLink link) {

        void read() {
            link.call(Requests.of(Command.XREADGROUP, "GROUP", "none", "me", "STREAMS", "nothing", ">"));
        }
    }

    private double count(String failure) {
        return registry.get("millrace_redis_failures")
                .tag("failure", failure)
                .counter()
                .count();
    }
}
