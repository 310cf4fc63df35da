package dev.millrace.api.http.access;

import dev.millrace.api.base.config.Bounds;
import dev.millrace.api.http.access.credential.TokenHash;
import dev.millrace.listen.StrongSecret;
import java.time.Duration;
import java.util.Optional;

/**
 * Whether callers must say who they are. Checked when the service starts.
 *
 * @param adminToken what it hashes to; empty if there is none
 * @param requestsPerSecond of each token for which nothing else is set
 */
record AccessSettings(
        boolean enabled, Optional<TokenHash> adminToken, Duration sessionLifetime, int requestsPerSecond) {

    private static final String ADMIN_TOKEN = "MILLRACE_ADMIN_TOKEN (millrace.api.access.admin-token)";

    /** The most that may be set of any token. */
    static final int MOST_REQUESTS = 1_000_000;

    AccessSettings {
        Bounds.require(
                "millrace.api.access.session-lifetime", sessionLifetime, Duration.ofMinutes(1), Duration.ofDays(7));
        Bounds.require("millrace.api.access.requests-per-second", requestsPerSecond, 1, MOST_REQUESTS);
    }

    /**
     * Reads and checks them.
     *
     * @throws IllegalArgumentException if the token can be guessed, which is not quoted, or if a session is too short or too long, or a rate out of its range
     */
    static AccessSettings of(AccessConfig config) {
        return new AccessSettings(
                config.enabled(),
                config.adminToken()
                        .map(token -> StrongSecret.require(ADMIN_TOKEN, token))
                        .map(TokenHash::of),
                config.sessionLifetime(),
                config.requestsPerSecond());
    }
}
