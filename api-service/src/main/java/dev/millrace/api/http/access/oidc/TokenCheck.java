package dev.millrace.api.http.access.oidc;

import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemException;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.names.Names;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.VerificationJwkSelector;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a JSON Web Token (RFC 7519) is the issuer's, meant for this service and of now: signed by one of its keys with an
 * algorithm of public keys (RFC 8725), never with none or with a shared secret. Nothing is fetched that a token names.
 */
final class TokenCheck {

    /** By so much clocks may differ. */
    static final Duration SKEW = Duration.ofSeconds(5);

    /** No token counts that is to last longer, since nobody can revoke one. */
    static final Duration LONGEST = Duration.ofDays(1);

    private static final AlgorithmConstraints ALGORITHMS = new AlgorithmConstraints(
            ConstraintType.PERMIT,
            AlgorithmIdentifiers.RSA_USING_SHA256,
            AlgorithmIdentifiers.RSA_USING_SHA384,
            AlgorithmIdentifiers.RSA_USING_SHA512,
            AlgorithmIdentifiers.RSA_PSS_USING_SHA256,
            AlgorithmIdentifiers.RSA_PSS_USING_SHA384,
            AlgorithmIdentifiers.RSA_PSS_USING_SHA512,
            AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256,
            AlgorithmIdentifiers.ECDSA_USING_P384_CURVE_AND_SHA384,
            AlgorithmIdentifiers.ECDSA_USING_P521_CURVE_AND_SHA512,
            AlgorithmIdentifiers.EDDSA);

    private static final List<String> ROLES = List.of("admin", "operator", "submitter", "viewer");
    private static final Pattern NAME = Pattern.compile("\\P{Cntrl}{1,255}");
    private static final Pattern DOT = Pattern.compile("\\.");
    private static final Pattern SPACES = Pattern.compile(" +");

    private final OidcSettings settings;

    TokenCheck(OidcSettings settings) {
        this.settings = settings;
    }

    /** The id of the key that a token says it is signed with; empty if it is no signed token, or does not say so. */
    static Optional<String> keyId(String token) {
        try {
            return Optional.ofNullable(read(token).getKeyIdHeaderValue());
        } catch (JoseException unreadable) {
            return Optional.empty();
        }
    }

    /**
     * Whom the token vouches for; empty if it does so for nobody.
     *
     * @throws ProblemException 403 if it is good, and gives its holder no role or no tenant here
     */
    Optional<Identity> identity(String token, List<JsonWebKey> keys, Instant now) {
        try {
            JsonWebKey key = new VerificationJwkSelector().select(read(token), keys);
            return key == null
                    ? Optional.empty()
                    : Optional.of(identity(consumer(key, now).processToClaims(token)));
        } catch (JoseException | InvalidJwtException | MalformedClaimException refused) {
            return Optional.empty();
        }
    }

    private static JsonWebSignature read(String token) throws JoseException {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmConstraints(ALGORITHMS);
        signature.setCompactSerialization(token);
        return signature;
    }

    private JwtConsumer consumer(JsonWebKey key, Instant now) {
        return new JwtConsumerBuilder()
                .setVerificationKey(key.getKey())
                .setJwsAlgorithmConstraints(ALGORITHMS)
                .setExpectedIssuer(settings.issuer())
                .setExpectedAudience(settings.audience())
                .setRequireExpirationTime()
                .setRequireSubject()
                .setMaxFutureValidityInMinutes((int) LONGEST.toMinutes())
                .setAllowedClockSkewInSeconds((int) SKEW.toSeconds())
                .setEvaluationTime(NumericDate.fromMilliseconds(now.toEpochMilli()))
                .build();
    }

    private Identity identity(JwtClaims claims) throws MalformedClaimException {
        String name = text(claims, settings.nameClaim())
                .filter(text -> NAME.matcher(text).matches())
                .orElseThrow(() -> lacks(settings.nameClaim(), "no name"));
        String tenant = text(claims, settings.tenantClaim())
                .filter(Names::isName)
                .orElseThrow(() -> lacks(settings.tenantClaim(), "no tenant"));
        List<String> listed = listed(claim(claims, settings.roleClaim())).toList();
        String role = ROLES.stream()
                .filter(label -> listed.contains(settings.rolePrefix() + label))
                .findFirst()
                .orElseThrow(() -> lacks(
                        settings.roleClaim(), "none of the roles " + settings.rolePrefix() + String.join(", ", ROLES)));
        Instant until = Instant.ofEpochMilli(claims.getExpirationTime().getValueInMillis());
        return new Identity(name, tenant, role, until.plus(SKEW));
    }

    private static ProblemException lacks(String claim, String what) {
        return Problem.of(
                        ProblemType.FORBIDDEN,
                        "Your token is good, and gives you nothing to do here: its claim '%s' has %s. Ask whoever runs your issuer."
                                .formatted(claim, what))
                .exception();
    }

    private static Optional<String> text(JwtClaims claims, String name) {
        return claim(claims, name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    private static @Nullable Object claim(JwtClaims claims, String name) {
        Object whole = claims.getClaimValue(name);
        if (whole != null) {
            return whole;
        }
        Object inner = claims.getClaimsMap();
        for (String part : DOT.splitAsStream(name).toList()) {
            inner = inner instanceof Map<?, ?> object ? object.get(part) : null;
        }
        return inner;
    }

    private static Stream<String> listed(@Nullable Object value) {
        if (value instanceof String text) {
            return SPACES.splitAsStream(text);
        }
        return value instanceof Collection<?> many
                ? many.stream().filter(String.class::isInstance).map(String.class::cast)
                : Stream.empty();
    }
}
