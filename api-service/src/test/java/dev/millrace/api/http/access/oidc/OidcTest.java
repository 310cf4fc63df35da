package dev.millrace.api.http.access.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.ApiServers;
import dev.millrace.api.SwitchedOn;
import dev.millrace.api.jobs.requeue.Stage;
import dev.millrace.api.jobs.submit.Client;
import dev.millrace.api.jobs.submit.Client.Reply;
import dev.millrace.api.outbox.Rows;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Callers for whom a real issuer vouches, and whatever it has not signed, or not for here, or not for now. */
@QuarkusTest
@WithTestResource(ApiServers.class)
@TestProfile(SwitchedOn.class)
class OidcTest {

    private static final String ME = "/api/v1/me";
    private static final String JOB = "{\"task\":\"demo.echo\",\"queue\":\"other\",\"payload\":{\"value\":1}}";

    @Inject
    Stage stage;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private final PlayedIssuer issuer = ApiServers.issuer();
    private Client client;

    @BeforeEach
    void openStage() {
        stage.opened(port);
        client = new Client(port);
    }

    private Reply me(String token) {
        return client.call("GET", ME, "Authorization", "Bearer " + token);
    }

    private static JwtClaims good(PlayedIssuer issuer) {
        JwtClaims claims = issuer.claims();
        claims.setClaim("tenant", "acme");
        claims.setClaim("roles", List.of("millrace-viewer", "millrace-operator", "admin"));
        return claims;
    }

    @Test
    void letsInWhomTheIssuerVouchesForInItsTenantWithItsGreatestRole() {
        JwtClaims claims = good(issuer);
        JsonNode me = me(issuer.sign(claims)).json();

        assertThat(me.get("name").asText()).isEqualTo("ada@example.org");
        assertThat(me.get("tenant").asText()).isEqualTo("acme");
        assertThat(me.get("role").asText()).isEqualTo("operator");
        assertThat(me.get("token").isNull()).isTrue();
        assertThat(Duration.between(
                        Instant.now(), Instant.parse(me.get("expiresAt").asText())))
                .isBetween(Duration.ofMinutes(59), Duration.ofMinutes(61));
    }

    @Test
    void takesRolesAsOneTextToo() {
        JwtClaims claims = good(issuer);
        claims.setClaim("roles", "openid millrace-submitter profile");

        assertThat(me(issuer.sign(claims)).json().get("role").asText()).isEqualTo("submitter");
    }

    @Test
    void I29_keepsItsTenantToItself() {
        String acme = issuer.bearer("acme", "operator");
        String job = client.submit(JOB, "Authorization", acme).header("Location");

        assertThat(client.call("GET", job, "Authorization", acme).status()).isEqualTo(200);
        assertThat(client.call("GET", job, "Authorization", issuer.bearer("other", "admin"))
                        .status())
                .isEqualTo(404);
        Reply tenants = client.call("GET", "/api/v1/tenants", "Authorization", issuer.bearer("acme", "admin"));
        assertThat(tenants.json().at("/items").findValuesAsText("name")).containsExactly("acme");
        assertThat(client.post(
                                "/api/v1/tokens",
                                "{\"name\":\"x\",\"role\":\"viewer\",\"tenant\":\"other\"}",
                                "Authorization",
                                issuer.bearer("default", "admin"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void writesItsHolderIntoTheAudit() {
        String admin = issuer.bearer("t-" + UUID.randomUUID(), "admin");
        client.post("/api/v1/tokens", "{\"name\":\"x\",\"role\":\"viewer\"}", "Authorization", admin);

        JsonNode audit =
                client.call("GET", "/api/v1/audit", "Authorization", admin).json();

        assertThat(audit.at("/items/0/who").asText()).isEqualTo("ada@example.org");
        assertThat(audit.at("/items/0/token").isNull()).isTrue();
    }

    @Test
    void opensNoSessionThatWouldOutliveIt() {
        Reply refused = client.call("POST", "/api/v1/session", "Authorization", issuer.bearer("default", "admin"));

        assertThat(refused.problem()).isEqualTo("forbidden");
        assertThat(refused.header("Set-Cookie")).isEmpty();
    }

    @Test
    void isNoPasswordAndNoCookie() {
        String token = issuer.bearer("acme", "admin").substring(7);
        String basic = Base64.getEncoder().encodeToString(("any:" + token).getBytes(StandardCharsets.UTF_8));

        assertThat(client.call("GET", ME, "Authorization", "Basic " + basic).status())
                .isEqualTo(401);
        assertThat(client.call("GET", ME, "Cookie", "millrace=" + token).status())
                .isEqualTo(401);
        assertThat(client.call("GET", ME + "?x=" + token).problem()).isEqualTo("token-in-address");
    }

    static Stream<Arguments> badClaims() {
        return Stream.of(
                bad("for others only", claims -> claims.setAudience("another service")),
                bad("for nobody", claims -> claims.unsetClaim("aud")),
                bad("of another issuer", claims -> claims.setIssuer("https://id.example.org")),
                bad("of no issuer", claims -> claims.unsetClaim("iss")),
                bad("over", claims -> claims.setExpirationTime(in(Duration.ofSeconds(-6)))),
                bad("without an end", claims -> claims.unsetClaim("exp")),
                bad("without an end that is one", claims -> claims.setClaim("exp", "tomorrow")),
                bad("good for too long", claims -> claims.setExpirationTime(in(Duration.ofDays(2)))),
                bad("not good yet", claims -> claims.setNotBefore(in(Duration.ofMinutes(1)))),
                bad("of nobody", claims -> claims.unsetClaim("sub")));
    }

    private static Arguments bad(String what, Consumer<JwtClaims> change) {
        return Arguments.of(what, change);
    }

    private static NumericDate in(Duration time) {
        return NumericDate.fromMilliseconds(Instant.now().plus(time).toEpochMilli());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badClaims")
    void refusesWhatIsSignedAndNotForHereAndNow(String what, Consumer<JwtClaims> change) {
        JwtClaims claims = good(issuer);
        change.accept(claims);

        assertThat(me(issuer.sign(claims)).problem()).as(what).isEqualTo("unauthenticated");
    }

    static Stream<Arguments> forgeries() {
        PlayedIssuer issuer = ApiServers.issuer();
        JwtClaims claims = good(issuer);
        String real = issuer.sign(claims);
        String[] parts = real.split("\\.", -1);
        String otherClaims = base64(claims.toJson().replace("acme", "default"));
        return Stream.of(
                Arguments.of("signed with nothing", unsigned(claims)),
                Arguments.of("signed with nothing, and with a signature", unsigned(claims) + parts[2]),
                Arguments.of(
                        "with the public key as a shared secret",
                        shared(claims, issuer.key().getPublicKey().getEncoded())),
                Arguments.of(
                        "of another key with this id",
                        PlayedIssuer.sign(claims, PlayedIssuer.rsa(issuer.key().getKeyId()))),
                Arguments.of("of a key that nobody knows", PlayedIssuer.sign(claims, PlayedIssuer.rsa("unknown"))),
                Arguments.of(
                        "of a key of another kind",
                        PlayedIssuer.sign(
                                claims, PlayedIssuer.elliptic(issuer.key().getKeyId()))),
                Arguments.of("without the id of a key", withoutId(claims, issuer)),
                Arguments.of("with its key in itself", withItsKey(claims)),
                Arguments.of("with other claims", parts[0] + "." + otherClaims + "." + parts[2]),
                Arguments.of("without its signature", parts[0] + "." + parts[1] + "."),
                Arguments.of("with no JSON in it", base64("garbage!!") + "." + base64("garbage!!") + "." + parts[2]),
                Arguments.of("with what must be understood", critical(claims, issuer)));
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String unsigned(JwtClaims claims) {
        return base64("{\"alg\":\"none\",\"kid\":\"first\"}") + "." + base64(claims.toJson()) + ".";
    }

    private static String shared(JwtClaims claims, byte[] secret) {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
        signature.setPayload(claims.toJson());
        signature.setKey(new HmacKey(secret));
        signature.setKeyIdHeaderValue("first");
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
        return PlayedIssuer.serialized(signature);
    }

    private static JsonWebSignature plain(JwtClaims claims, PlayedIssuer issuer) {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setKey(issuer.key().getPrivateKey());
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        return signature;
    }

    private static String withoutId(JwtClaims claims, PlayedIssuer issuer) {
        return PlayedIssuer.serialized(plain(claims, issuer));
    }

    private static String critical(JwtClaims claims, PlayedIssuer issuer) {
        JsonWebSignature signature = plain(claims, issuer);
        signature.setKeyIdHeaderValue(issuer.key().getKeyId());
        signature.setCriticalHeaderNames("strange");
        signature.setHeader("strange", "yes");
        return PlayedIssuer.serialized(signature);
    }

    private static String withItsKey(JwtClaims claims) {
        var own = PlayedIssuer.rsa("own");
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setKey(own.getPrivateKey());
        signature.setKeyIdHeaderValue("first");
        signature.setJwkHeader(own);
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        return PlayedIssuer.serialized(signature);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forgeries")
    void refusesWhatTheIssuerHasNotSigned(String what, String token) {
        Reply refused = me(token);

        assertThat(refused.problem()).as(what).isEqualTo("unauthenticated");
        assertThat(refused.http().body()).doesNotContain("acme", "jose4j", "garbage");
    }

    static Stream<Arguments> nothingToDo() {
        return Stream.of(
                Arguments.of("no role", Map.of("tenant", "acme")),
                Arguments.of("roles of others", Map.of("tenant", "acme", "roles", List.of("admin", "viewer"))),
                Arguments.of("roles that are none", Map.of("tenant", "acme", "roles", 7)),
                Arguments.of("no tenant", Map.of("roles", "millrace-admin")),
                Arguments.of("a tenant that is no name", Map.of("tenant", "a b", "roles", "millrace-admin")),
                Arguments.of("several tenants", Map.of("tenant", List.of("a", "b"), "roles", "millrace-admin")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("nothingToDo")
    void saysWhichClaimGivesItsHolderNothingToDo(String what, Map<String, Object> more) {
        JwtClaims claims = issuer.claims();
        more.forEach(claims::setClaim);

        Reply refused = me(issuer.sign(claims));

        assertThat(refused.problem()).as(what).isEqualTo("forbidden");
        assertThat(refused.json().get("detail").asText()).containsAnyOf("'roles'", "'tenant'");
    }

    @Test
    void takesTokensOfANewKeyAndNoneOfThatWhichIsGone() {
        String before = issuer.bearer("acme", "viewer").substring(7);
        assertThat(me(before).status()).isEqualTo(200);

        issuer.rotate(PlayedIssuer.elliptic("key-" + UUID.randomUUID()));
        String after = issuer.bearer("acme", "viewer").substring(7);

        Rows.await("the new key", () -> me(after).status() == 200);
        assertThat(me(before).status()).isEqualTo(401);
        issuer.rotate(PlayedIssuer.rsa("first"));
        String again = issuer.bearer("acme", "viewer").substring(7);
        Rows.await("the next key", () -> me(again).status() == 200);
    }

    @Test
    void asksTheIssuerNotForEachForgery() {
        int before = issuer.questions();
        long began = System.nanoTime();

        Stream.generate(() -> issuer.claims())
                .limit(40)
                .map(claims -> PlayedIssuer.sign(claims, PlayedIssuer.elliptic("made-up-" + UUID.randomUUID())))
                .map(token -> client.later("GET", ME, java.util.Optional.empty(), "Authorization", "Bearer " + token))
                .toList()
                .forEach(reply -> assertThat(reply.join().status()).isEqualTo(401));

        long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
        assertThat(issuer.questions() - before).isLessThanOrEqualTo((int) (seconds / 5 + 2));
    }

    @Test
    void cutsOffAStreamWhenItIsOver() throws Exception {
        JwtClaims claims = good(issuer);
        claims.setExpirationTime(in(Duration.ZERO));
        HttpResponse<InputStream> stream = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/events"))
                                .header("Authorization", "Bearer " + issuer.sign(claims))
                                .timeout(Duration.ofSeconds(20))
                                .build(),
                        BodyHandlers.ofInputStream());
        assertThat(stream.statusCode()).isEqualTo(200);

        try (InputStream body = stream.body()) {
            body.readAllBytes();
        } catch (IOException cut) {
            assertThat(cut).isNotNull();
        }
    }
}
