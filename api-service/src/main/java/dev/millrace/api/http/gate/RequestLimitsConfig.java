package dev.millrace.api.http.gate;

import dev.millrace.api.base.config.Bounds;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How patient the service is with slow clients. */
@ConfigMapping(prefix = "millrace.api.gate")
public interface RequestLimitsConfig {

    /** How long the whole body of a request may take to arrive, PT1S to PT1H; then it is answered with 408. */
    @WithDefault("PT1M")
    Duration bodyTimeout();

    /** Throws {@link IllegalArgumentException} naming the key that is out of its range. */
    static void check(RequestLimitsConfig config) {
        Bounds.require(
                "millrace.api.gate.body-timeout", config.bodyTimeout(), Duration.ofSeconds(1), Duration.ofHours(1));
    }
}
