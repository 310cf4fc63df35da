package dev.millrace.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FireTest {

    private static final Instant NOON = Instant.parse("2026-03-28T12:00:00Z");

    @Test
    void I21_namesItsJobTheSameForEver() {
        assertThat(new Fire("nightly", 1, NOON).jobId()).hasToString("1ad5e32e-b667-5d49-af6d-b5694b55e3cf");
    }

    @Test
    void I21_namesNoOtherJob() {
        Stream<Fire> fires = Stream.of(
                new Fire("nightly", 1, NOON),
                new Fire("nightly", 2, NOON),
                new Fire("nightly", 1, NOON.plusMillis(1)),
                new Fire("nightly 1", 1, NOON),
                new Fire("Nightly", 1, NOON),
                new Fire("nightly", 11, NOON));
        assertThat(fires.map(Fire::jobId)).doesNotHaveDuplicates();
    }

    @Test
    void makesAUuidOfVersionFive() {
        assertThat(new Fire("nightly", 1, NOON).jobId().uuid().version()).isEqualTo(5);
        assertThat(new Fire("nightly", 1, NOON).jobId().uuid().variant()).isEqualTo(2);
    }
}
