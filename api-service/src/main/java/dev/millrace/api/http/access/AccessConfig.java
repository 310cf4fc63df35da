package dev.millrace.api.http.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Whether callers must say who they are. {@link AccessSettings} checks it. */
@ConfigMapping(prefix = "millrace.api.access")
interface AccessConfig {

    /** Without it everybody is an admin, and the service listens on loopback only. {@code MILLRACE_ACCESS_ENABLED} too. */
    @WithDefault("true")
    boolean enabled();

    /** The token of an admin of tenant {@code default} who gives others theirs; {@code MILLRACE_ADMIN_TOKEN} too. */
    Optional<String> adminToken();

    /** How long a browser's session lasts at most; it never outlives its token. 1 minute to 7 days. */
    @WithDefault("PT12H")
    Duration sessionLifetime();

    /**
     * How many requests a second one instance takes from a token for which nothing else is set, on average; as many may come at once.
     * {@code MILLRACE_ADMIN_TOKEN} has no such limit. 1 to 1,000,000.
     */
    @WithDefault("1000")
    int requestsPerSecond();
}
