package dev.millrace.api.http.access;

import dev.millrace.api.http.access.oidc.Identity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whoever made a request. The tenant comes from the credential and from nowhere else.
 *
 * @param name of the token, for people
 * @param token its id; null for whoever has the installation's own credential, is vouched for by the issuer, or needs none
 * @param session the id of the session that the call came by; null if it came by none
 * @param expiresAt null if that never happens
 * @param givesToEveryTenant whether the tokens of all tenants are this caller's to give and take; everything else is its own
 *     tenant's
 * @param requestsPerSecond how many its token may send to one instance; null for as many as any other
 */
public record Caller(
        String tenant,
        Role role,
        String name,
        @Nullable String token,
        @Nullable String session,
        @Nullable Instant expiresAt,
        boolean givesToEveryTenant,
        @Nullable Integer requestsPerSecond) {

    /** No id of a token begins so. */
    private static final String ISSUED = "issued ";

    /** The tenant of whoever brings no token. */
    static final String DEFAULT_TENANT = "default";

    /** Everybody, while access control is off. */
    static final Caller LOCAL = installation("local");

    /** Whoever has the token that the environment of the service names. */
    static final Caller BOOTSTRAP = installation("MILLRACE_ADMIN_TOKEN");

    /** The holder of a token. */
    public static Caller ofToken(String tenant, Role role, String name, String token, Instant expiresAt) {
        return new Caller(tenant, role, name, token, null, expiresAt, false, null);
    }

    /** Whom the issuer vouches for. */
    static Caller ofIssuer(Identity identity) {
        return new Caller(
                identity.tenant(),
                Role.ofLabel(identity.role()),
                identity.name(),
                null,
                null,
                identity.until(),
                false,
                null);
    }

    /** By what this caller is known: the id of a session or of a token; null if by neither. */
    @Nullable
    String credential() {
        return session == null ? token : session;
    }

    /** By what its requests are counted: the id of its token, also in a session, or the name by which its issuer knows it; null if they are not. */
    @Nullable
    String countedAs() {
        return token == null && !givesToEveryTenant ? ISSUED + tenant + ' ' + name : token;
    }

    private static Caller installation(String name) {
        return new Caller(DEFAULT_TENANT, Role.ADMIN, name, null, null, null, true, null);
    }
}
