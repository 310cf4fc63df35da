package dev.millrace.api.http.access.oidc;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which issuer vouches for callers. Checked when the service starts.
 *
 * @param issuer as its tokens name it
 * @param audience for whom they must be meant
 * @param jwksUri where its keys are; empty if it is to be asked for that
 */
record OidcSettings(
        String issuer,
        String audience,
        Optional<String> jwksUri,
        String nameClaim,
        String tenantClaim,
        String roleClaim,
        String rolePrefix) {

    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(?:\\.[0-9]{1,3}){3}|\\[::1]");

    OidcSettings {
        requireAddress("millrace.api.oidc.issuer", issuer);
        jwksUri.ifPresent(uri -> requireAddress("millrace.api.oidc.jwks-uri", uri));
        requireText("millrace.api.oidc.audience", audience);
        requireText("millrace.api.oidc.name-claim", nameClaim);
        requireText("millrace.api.oidc.tenant-claim", tenantClaim);
        requireText("millrace.api.oidc.role-claim", roleClaim);
    }

    /**
     * Reads and checks them; empty if there is no issuer.
     *
     * @throws IllegalArgumentException naming what is missing, or is no address that can be trusted
     */
    static Optional<OidcSettings> of(OidcConfig config) {
        return config.issuer()
                .map(issuer -> new OidcSettings(
                        issuer,
                        config.audience().orElse(""),
                        config.jwksUri(),
                        config.nameClaim(),
                        config.tenantClaim(),
                        config.roleClaim(),
                        config.rolePrefix()));
    }

    /** Whether what comes from there is what its owner sent. */
    static boolean isTrustworthy(String address) {
        try {
            URI uri = URI.create(address);
            return uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null
                    && ("https".equals(uri.getScheme())
                            || ("http".equals(uri.getScheme())
                                    && LOOPBACK.matcher(uri.getHost()).matches()));
        } catch (IllegalArgumentException noAddress) {
            return false;
        }
    }

    private static void requireAddress(String key, String address) {
        if (!isTrustworthy(address)) {
            throw new IllegalArgumentException(
                    "%s is '%s': it must be an address of https, or of http on loopback, without user and fragment."
                            .formatted(key, address));
        }
    }

    private static void requireText(String key, String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException(
                    "%s is missing: with millrace.api.oidc.issuer it must say something.".formatted(key));
        }
    }
}
