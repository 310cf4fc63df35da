package dev.millrace.stream.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisCheckTest {

    private static final Map<String, String> KEEPS = ServerInfo.fields("# Memory\r\nmaxmemory_policy:noeviction\r\n");

    @ParameterizedTest
    @ValueSource(strings = {"7.0.15", "8.2.9", "10.0.0"})
    void trustsARedisThatHasFunctionsAndKeepsWhatItHas(String version) {
        assertThat(RedisCheck.complaint(Map.of("redis_version", version), KEEPS))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.2.14", "2.8", "x"})
    void saysWhichVersionIsTooOld(String version) {
        assertThat(RedisCheck.complaint(Map.of("redis_version", version), KEEPS))
                .hasValueSatisfying(complaint -> assertThat(complaint).contains(version, "7.0"));
    }

    @Test
    void saysWhichPolicyWouldLoseJobs() {
        Map<String, String> evicts = ServerInfo.fields("maxmemory:100\nmaxmemory_policy:allkeys-lru\n");

        assertThat(RedisCheck.complaint(Map.of("redis_version", "7.0.15"), evicts))
                .hasValueSatisfying(complaint -> assertThat(complaint).contains("allkeys-lru", "noeviction"));
    }
}
