package dev.millrace.api.http.access.oidc;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** Which issuer of OpenID Connect vouches for callers, and how its tokens say who they are. {@link OidcSettings} checks it. */
@ConfigMapping(prefix = "millrace.api.oidc")
interface OidcConfig {

    /** Its address, exactly as its tokens have it in {@code iss}; by TLS, or on loopback. Without it no such token is taken. */
    Optional<String> issuer();

    /** For whom tokens must be meant: one of {@code aud}. Needed with an issuer. */
    Optional<String> audience();

    /** Where its keys are; otherwise {@code <issuer>/.well-known/openid-configuration} is asked for that. */
    Optional<String> jwksUri();

    /** The claim that names the caller, for people and in the audit. */
    @WithDefault("sub")
    String nameClaim();

    /** The claim that names the tenant. Here and in the role's claim, dots lead into objects if no claim has the whole name. */
    @WithDefault("tenant")
    String tenantClaim();

    /** The claim that lists roles, as texts or as one text with spaces between; others than Millrace's may be among them. */
    @WithDefault("roles")
    String roleClaim();

    /** What stands before viewer, submitter, operator and admin there. */
    @WithDefault("millrace-")
    String rolePrefix();
}
