package dev.millrace.api.http.access;

import dev.millrace.api.base.config.Bounds;
import dev.millrace.api.http.access.credential.TokenHash;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whether callers must say who they are. Checked when the service starts.
 *
 * @param adminToken what it hashes to; empty if there is none
 */
record AccessSettings(boolean enabled, Optional<TokenHash> adminToken, Duration sessionLifetime) {

    private static final Pattern STRONG = Pattern.compile("[A-Za-z0-9._~+/=-]{32,256}");
    private static final int FEWEST_DIFFERENT = 10;

    AccessSettings {
        Bounds.require(
                "millrace.api.access.session-lifetime", sessionLifetime, Duration.ofMinutes(1), Duration.ofDays(7));
    }

    /**
     * Reads and checks them.
     *
     * @throws IllegalArgumentException if the token can be guessed, which is not quoted, or if a session is too short or too long
     */
    static AccessSettings of(AccessConfig config) {
        return new AccessSettings(
                config.enabled(),
                config.adminToken().map(AccessSettings::strong).map(TokenHash::of),
                config.sessionLifetime());
    }

    private static String strong(String token) {
        if (!STRONG.matcher(token).matches() || token.chars().distinct().count() < FEWEST_DIFFERENT) {
            throw new IllegalArgumentException(
                    ("MILLRACE_ADMIN_TOKEN (millrace.api.access.admin-token) is to have 32 to 256"
                                    + " characters of A-Z a-z 0-9 . _ ~ + / = -, at least %d of them different, which it has not."
                                    + " Make one with: openssl rand -hex 32")
                            .formatted(FEWEST_DIFFERENT));
        }
        return token;
    }
}
