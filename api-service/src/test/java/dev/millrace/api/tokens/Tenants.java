package dev.millrace.api.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.api.ApiServers;
import dev.millrace.api.SwitchedOn;
import dev.millrace.api.http.access.oidc.PlayedIssuer;
import dev.millrace.api.jobs.submit.Client;
import dev.millrace.api.outbox.Rows;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jose4j.jwt.JwtClaims;

/** Two tenants with everything, a token of each role for both, and credentials that are none. */
final class Tenants {

    private static final List<String> ROLES = List.of("viewer", "submitter", "operator", "admin");

    private final Tenant first = Tenant.withEverything("one-" + UUID.randomUUID());
    private final Tenant second = Tenant.withEverything("other-" + UUID.randomUUID());
    private final Map<String, String> tokens = new HashMap<>();
    private final Map<String, Optional<String>> none = new LinkedHashMap<>();

    Tenants(Client admin) {
        for (Tenant tenant : List.of(first, second)) {
            ROLES.forEach(role -> tokens.put(tenant.name() + role, SwitchedOn.token(admin, role, tenant.name())));
        }
        spoil(admin);
    }

    Tenant one() {
        return first;
    }

    Tenant other() {
        return second;
    }

    /** What shows the token of this role. */
    Optional<String> bearer(Tenant tenant, String role) {
        return Optional.of("Bearer " + tokens.get(tenant.name() + role));
    }

    /** What shows a token of the issuer's that gives this role. */
    Optional<String> issued(Tenant tenant, String role) {
        return Optional.of(ApiServers.issuer().bearer(tenant.name(), role));
    }

    /** By what is wrong with them; empty for none at all. */
    Map<String, Optional<String>> noCredentials() {
        return none;
    }

    private void spoil(Client admin) {
        String good = SwitchedOn.token(admin, "admin", first.name());
        String expired = SwitchedOn.token(admin, "admin", first.name());
        Rows.change("update api.token set expires_at = now() where id = '" + id(expired) + "'");
        String revoked = SwitchedOn.token(admin, "admin", first.name());
        assertThat(admin.call("DELETE", "/api/v1/tokens/" + id(revoked)).status())
                .isEqualTo(204);
        String otherSecret = good.substring(0, 12) + "x".repeat(43);
        none.put("nothing", Optional.empty());
        none.put("garbled", Optional.of("Bearer garbled"));
        none.put("of another secret", Optional.of("Bearer " + otherSecret));
        none.put("of another scheme", Optional.of("Digest " + good));
        none.put("a password that is none", Optional.of("Basic " + base64("any:" + otherSecret)));
        none.put("expired", Optional.of("Bearer " + expired));
        none.put("revoked", Optional.of("Bearer " + revoked));
        none.put("issued for another service", Optional.of("Bearer " + issued(JwtClaims::unsetClaim, "aud")));
        none.put("issued without an end", Optional.of("Bearer " + issued(JwtClaims::unsetClaim, "exp")));
        none.put(
                "issued by nobody",
                Optional.of("Bearer " + PlayedIssuer.sign(claims(), PlayedIssuer.elliptic("nobody"))));
    }

    private JwtClaims claims() {
        JwtClaims claims = ApiServers.issuer().claims();
        claims.setClaim("tenant", first.name());
        claims.setClaim("roles", List.of("millrace-admin"));
        return claims;
    }

    private String issued(BiConsumer<JwtClaims, String> spoils, String claim) {
        JwtClaims claims = claims();
        spoils.accept(claims, claim);
        return ApiServers.issuer().sign(claims);
    }

    static String id(String token) {
        return token.substring(3, 11);
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
