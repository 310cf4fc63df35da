package dev.millrace.api.http.gate;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How patient the service is with slow clients. {@link RequestLimitsSettings} checks it. */
@ConfigMapping(prefix = "millrace.api.gate")
public interface RequestLimitsConfig {

    /** How long the whole body of a request may take to arrive, PT1S to PT1H; then it is answered with 408. */
    @WithDefault("PT1M")
    Duration bodyTimeout();
}
