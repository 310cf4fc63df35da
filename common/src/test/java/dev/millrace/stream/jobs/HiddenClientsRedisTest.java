package dev.millrace.stream.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.Jobs;
import dev.millrace.testkit.RedisFixture;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A Redis whose users may not ask about connections. */
class HiddenClientsRedisTest {

    @RegisterExtension
    static final RedisFixture REDIS = RedisFixture.forgetful();

    private static final Duration LEASE = Duration.ofSeconds(15);

    @BeforeEach
    void hides() {
        JobStreams eve = REDIS.connected("eve");
        eve.renew(LEASE, List.of());
        eve.register(List.of(Jobs.QUEUE));
        REDIS.cut(eve);
        REDIS.ask("ACL", "SETUSER", "default", "-client");
    }

    @AfterEach
    void shows() {
        REDIS.ask("ACL", "SETUSER", "default", "+client");
    }

    @Test
    void I36_registersNobodyAndMissesNobody() {
        JobStreams ann = REDIS.connected("ann");
        ann.renew(LEASE, List.of());
        assertThat(ann.register(List.of(Jobs.QUEUE))).isTrue();
        assertThat(ann.lostConnection()).isFalse();
        assertThat(ann.look().others()).isEmpty();
        assertThat(REDIS.get("GET", RedisFixture.NAMES.workerPrefix() + "ann").toString())
                .isEqualTo("1");
    }
}
