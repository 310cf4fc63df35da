package dev.millrace.config;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class KnownKeysTest {

    @Test
    void areThoseOfTheFeaturesAndOfOthers() {
        assertThatCode(() -> KnownKeys.check(List.of(
                        "millrace.api.routes[0].task",
                        "millrace.api.projection.batch",
                        "millrace.schedules.nightly.cron",
                        "millrace.schedules.\"two words\".cron",
                        "quarkus.http.port",
                        "MILLRACE_HOME",
                        "millrace.home",
                        "millrace.aot",
                        "millrace.worker.slots")))
                .doesNotThrowAnyException();
    }

    @Test
    void stopTheStartIfTheyAreOfNoFeature() {
        assertThatThrownBy(() -> KnownKeys.check(List.of("millrace.live.heartbeat", "millrace.api.routes")))
                .hasMessageContaining("[millrace.live.heartbeat]")
                .hasMessageContaining("scheduler");
    }
}
