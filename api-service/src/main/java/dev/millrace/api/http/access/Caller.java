package dev.millrace.api.http.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whoever made a request. The tenant comes from the credential and from nowhere else.
 *
 * @param name of the token, for people
 * @param token its id; null for whoever has the installation's own credential, or needs none
 * @param expiresAt null if that never happens
 */
public record Caller(
        String tenant,
        Role role,
        String name,
        @Nullable String token,
        @Nullable Instant expiresAt) {

    /** The tenant of whoever brings no token. */
    static final String DEFAULT_TENANT = "default";

    /** Everybody, while access control is off. */
    static final Caller LOCAL = installation("local");

    /** Whoever has the token that the environment of the service names. */
    static final Caller BOOTSTRAP = installation("MILLRACE_ADMIN_TOKEN");

    /** Whether the tokens of all tenants are this caller's to give and take; everything else is its own tenant's. */
    public boolean givesToEveryTenant() {
        return token == null;
    }

    private static Caller installation(String name) {
        return new Caller(DEFAULT_TENANT, Role.ADMIN, name, null, null);
    }
}
