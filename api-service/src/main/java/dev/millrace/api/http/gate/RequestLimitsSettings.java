package dev.millrace.api.http.gate;

import dev.millrace.api.base.config.Bounds;
import java.time.Duration;

/** How patient the service is with slow clients. Checked when the service starts. */
public record RequestLimitsSettings(Duration bodyTimeout) {

    public RequestLimitsSettings {
        Bounds.require("millrace.api.gate.body-timeout", bodyTimeout, Duration.ofSeconds(1), Duration.ofHours(1));
    }

    /**
     * Reads and checks them.
     *
     * @throws IllegalArgumentException naming the first key that is out of its range
     */
    static RequestLimitsSettings of(RequestLimitsConfig config) {
        return new RequestLimitsSettings(config.bodyTimeout());
    }
}
