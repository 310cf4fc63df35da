package dev.millrace.stream.groups;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.stream.entries.StreamNames;
import dev.millrace.testkit.RedisFixture;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GroupLagRedisTest {

    private static final String STREAM = "mr:{s0}:lag";

    @RegisterExtension
    static final RedisFixture REDIS = RedisFixture.forgetful();

    private final GroupLag lag = new GroupLag(REDIS.link(), STREAM, StreamNames.API);

    @Test
    void isNoneWhereNobodyWrote() {
        assertThat(lag.oldest()).isEqualTo(Duration.ZERO);
    }

    @Test
    void isTheAgeOfTheFirstEntryThatNobodyWasGivenAlsoWhenThereIsNoGroupYet() {
        REDIS.ask("XADD", STREAM, "1-0", "kind", "old");
        assertThat(lag.oldest()).isGreaterThan(Duration.ofDays(365));
    }

    @Test
    void isNoneOnceAllAreGivenThoughNotAcknowledged() {
        REDIS.ask("XADD", STREAM, "1-0", "kind", "old");
        GroupReader reader = new GroupReader(REDIS.link(), STREAM, StreamNames.API, "api-1");
        assertThat(reader.read(10, Duration.ofMillis(1))).hasSize(1);
        assertThat(lag.oldest()).isEqualTo(Duration.ZERO);

        new EntryWriter(REDIS.link(), STREAM).write(List.of(List.of("kind", "new")));
        assertThat(lag.oldest()).isLessThan(Duration.ofMinutes(1));
    }
}
