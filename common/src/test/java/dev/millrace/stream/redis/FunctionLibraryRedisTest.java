package dev.millrace.stream.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.testkit.RedisFixture;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FunctionLibraryRedisTest {

    @RegisterExtension
    static final RedisFixture REDIS = RedisFixture.forgetful();

    private final RedisLink link = REDIS.link();

    @BeforeEach
    void withoutALibrary() {
        REDIS.ask("FUNCTION", "FLUSH");
    }

    @Test
    void isLoadedWhenMissing() {
        FunctionLibrary.load(link);
        assertThat(version()).isEqualTo(FunctionLibrary.versionOf(FunctionLibrary.source()));
    }

    @Test
    void isReplacedUpwardsOnly() {
        FunctionLibrary.load(link);
        FunctionLibrary.load(link, ofVersion(9));
        assertThat(version()).isEqualTo(9);
        FunctionLibrary.load(link, ofVersion(8));
        FunctionLibrary.load(link);
        assertThat(version()).isEqualTo(9);
    }

    @Test
    void staysOpenWhenTheSameVersionIsLoadedAgain() {
        FunctionLibrary.load(link);
        REDIS.streams("api").bless(3);
        FunctionLibrary.load(link);
        assertThat(REDIS.streams("api").epoch()).isEqualTo(3);
    }

    @Test
    void isColdAfterAnUpgrade() {
        FunctionLibrary.load(link);
        REDIS.streams("api").bless(3);
        FunctionLibrary.load(link, ofVersion(9));
        assertThatThrownBy(() -> REDIS.streams("api").epoch()).isInstanceOf(StreamsUnavailable.Cold.class);
    }

    @Test
    void isLoadedByOneOfManyThatStartTogether() {
        Stream<CompletableFuture<Void>> starting = IntStream.range(0, 8)
                .mapToObj(i -> REDIS.link())
                .map(own -> CompletableFuture.runAsync(
                        () -> FunctionLibrary.load(own), task -> Thread.startVirtualThread(task)));
        starting.toList().forEach(CompletableFuture::join);
        assertThat(version()).isEqualTo(FunctionLibrary.versionOf(FunctionLibrary.source()));
    }

    @Test
    void isMissedAsColdSoThatSomeoneLoadsIt() {
        assertThatThrownBy(() -> REDIS.streams("api").epoch()).isInstanceOf(StreamsUnavailable.Cold.class);
    }

    @Test
    void saysWhatIsWrongWithoutTheRightToLoadIt() {
        REDIS.ask("ACL", "SETUSER", "default", "-function");
        try {
            assertThatThrownBy(() -> FunctionLibrary.load(link))
                    .isInstanceOf(StreamsUnavailable.Refused.class)
                    .hasMessageContaining("NOPERM");
        } finally {
            REDIS.ask("ACL", "SETUSER", "default", "+function");
        }
    }

    private int version() {
        return REDIS.get("FCALL", "mr_version", 0).toInteger();
    }

    private static String ofVersion(int version) {
        return FunctionLibrary.source().replaceFirst("local VERSION = '\\d+'", "local VERSION = '" + version + "'");
    }
}
