package dev.millrace.stream.groups;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.job.EntryId;
import dev.millrace.stream.entries.StreamEntry;
import dev.millrace.testkit.RedisFixture;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SilentConsumersRedisTest {

    @RegisterExtension
    static final RedisFixture REDIS = RedisFixture.forgetful();

    private static final String STREAM = RedisFixture.NAMES.events();
    private static final Duration MOMENT = Duration.ofMillis(20);

    private final GroupReader reader = new GroupReader(REDIS.link(), STREAM, "projection", "dead");
    private final SilentConsumers silent = new SilentConsumers(REDIS.link(), RedisFixture.NAMES, STREAM, "projection");

    @Test
    void forgetsOnlyThoseThatAreSilentForSoLong() {
        REDIS.get("XADD", STREAM, "*", "what", "a");
        reader.acknowledge(reader.read(10, MOMENT).stream().map(StreamEntry::id).toList());

        assertThat(silent.forget(Duration.ofHours(1))).isZero();
        assertThat(silent.forget(Duration.ZERO)).isEqualTo(1);
        assertThat(REDIS.get("XINFO", "CONSUMERS", STREAM, "projection").size()).isZero();
    }

    @Test
    void keepsThoseThatHoldAnEntry() {
        EntryId held = EntryId.parse(REDIS.get("XADD", STREAM, "*", "what", "a").toString());
        reader.read(10, MOMENT);

        assertThat(silent.forget(Duration.ZERO)).isZero();
        assertThat(reader.claim(10, Duration.ZERO)).extracting(StreamEntry::id).isEqualTo(List.of(held));
    }

    @Test
    void findsNobodyWhereThereIsNoGroup() {
        assertThat(silent.forget(Duration.ZERO)).isZero();
    }
}
