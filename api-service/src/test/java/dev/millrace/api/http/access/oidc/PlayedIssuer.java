package dev.millrace.api.http.access.oidc;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/** An issuer of OpenID Connect on loopback, with one key at a time, which signs whatever it is asked to. */
public final class PlayedIssuer implements AutoCloseable {

    public static final String AUDIENCE = "millrace-of-tests";

    private final HttpServer server;
    private final AtomicInteger questions = new AtomicInteger();
    private volatile PublicJsonWebKey key = rsa("first");
    private volatile int status = 200;

    private PlayedIssuer(HttpServer server) {
        this.server = server;
    }

    public static PlayedIssuer start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            PlayedIssuer issuer = new PlayedIssuer(server);
            server.createContext("/.well-known/openid-configuration", call -> issuer.answer(call, issuer.discovery()));
            server.createContext("/keys", call -> issuer.answer(call, issuer.keys()));
            server.start();
            return issuer;
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** How often it was asked for its keys. */
    public int questions() {
        return questions.get();
    }

    /** From now on it signs with another key, and shows that one only. */
    public void rotate(PublicJsonWebKey next) {
        key = next;
    }

    public PublicJsonWebKey key() {
        return key;
    }

    /** How it answers from now on. */
    public void answerWith(int code) {
        status = code;
    }

    public static PublicJsonWebKey rsa(String id) {
        try {
            return named(RsaJwkGenerator.generateJwk(2048), id);
        } catch (JoseException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public static PublicJsonWebKey elliptic(String id) {
        try {
            return named(EcJwkGenerator.generateJwk(EllipticCurves.P256), id);
        } catch (JoseException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static PublicJsonWebKey named(PublicJsonWebKey key, String id) {
        key.setKeyId(id);
        key.setUse("sig");
        return key;
    }

    /** Good for an hour, for somebody who is nobody here yet. */
    public JwtClaims claims() {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(url());
        claims.setAudience(AUDIENCE, "another service");
        claims.setSubject("ada@example.org");
        claims.setExpirationTimeMinutesInTheFuture(60);
        claims.setIssuedAtToNow();
        return claims;
    }

    /** What the holder of this role shows. */
    public String bearer(String tenant, String role) {
        JwtClaims claims = claims();
        claims.setClaim("tenant", tenant);
        claims.setClaim("roles", List.of("something-else", "millrace-" + role));
        return "Bearer " + sign(claims);
    }

    public String sign(JwtClaims claims) {
        return sign(claims, key);
    }

    public static String sign(JwtClaims claims, PublicJsonWebKey by) {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setKey(by.getPrivateKey());
        signature.setKeyIdHeaderValue(by.getKeyId());
        signature.setAlgorithmHeaderValue(
                by.getKeyType().equals("EC")
                        ? AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256
                        : AlgorithmIdentifiers.RSA_USING_SHA256);
        return serialized(signature);
    }

    public static String serialized(JsonWebSignature signature) {
        try {
            return signature.getCompactSerialization();
        } catch (JoseException refused) {
            throw new IllegalStateException(refused);
        }
    }

    private String discovery() {
        return "{\"issuer\":\"%1$s\",\"jwks_uri\":\"%1$s/keys\"}".formatted(url());
    }

    private String keys() {
        questions.incrementAndGet();
        return new JsonWebKeySet(key).toJson(OutputControlLevel.PUBLIC_ONLY);
    }

    private void answer(HttpExchange call, String document) throws IOException {
        byte[] body = document.getBytes(StandardCharsets.UTF_8);
        call.sendResponseHeaders(status, body.length);
        call.getResponseBody().write(body);
        call.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
