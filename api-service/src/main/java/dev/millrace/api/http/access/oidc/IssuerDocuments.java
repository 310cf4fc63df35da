package dev.millrace.api.http.access.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.http.json.StrictJson;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.tracing.TracingPolicy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/**
 * Reads what the issuer publishes: where its keys are (OpenID Connect Discovery) and its keys (RFC 7517). Redirects are not followed, no
 * answer is larger than 256 KiB, and none takes longer than 3 s.
 */
final class IssuerDocuments implements KeySource {

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int MOST_BYTES = 256 << 10;
    private static final int OK = 200;
    private static final String DISCOVERY = "/.well-known/openid-configuration";
    private static final Pattern LAST_SLASH = Pattern.compile("/$");

    private final OidcSettings settings;
    private final HttpClient client;

    IssuerDocuments(OidcSettings settings, Vertx vertx) {
        this.settings = settings;
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout((int) PATIENCE.toMillis())
                .setIdleTimeout((int) PATIENCE.toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                // It is asked now and then by itself, which belongs to nobody's trace.
                .setTracingPolicy(TracingPolicy.IGNORE));
    }

    @Override
    public CompletionStage<List<JsonWebKey>> ask() {
        Future<String> address = settings.jwksUri()
                .map(Future::succeededFuture)
                .orElseGet(() -> read(LAST_SLASH.matcher(settings.issuer()).replaceFirst("") + DISCOVERY)
                        .map(this::addressOfKeys));
        return address.compose(this::read).map(IssuerDocuments::keys).toCompletionStage();
    }

    private String addressOfKeys(Buffer document) {
        JsonNode read = StrictJson.read(document.getBytes());
        if (!read.path("issuer").asText().equals(settings.issuer())) {
            throw new IllegalStateException("It calls itself by another name than millrace.api.oidc.issuer.");
        }
        String address = read.path("jwks_uri").asText();
        if (!OidcSettings.isTrustworthy(address)) {
            throw new IllegalStateException("Its jwks_uri is no address of https, or of http on loopback.");
        }
        return address;
    }

    private static List<JsonWebKey> keys(Buffer document) {
        try {
            List<JsonWebKey> keys = new JsonWebKeySet(document.toString())
                    .getJsonWebKeys().stream()
                            .filter(PublicJsonWebKey.class::isInstance)
                            .toList();
            if (keys.isEmpty()) {
                throw new IllegalStateException("There is no public key that can be read.");
            }
            return keys;
        } catch (JoseException unreadable) {
            throw new IllegalStateException("What it gives are no keys.", unreadable);
        }
    }

    private Future<Buffer> read(String address) {
        return client.request(new RequestOptions()
                        .setMethod(HttpMethod.GET)
                        .setAbsoluteURI(address)
                        .setTimeout(PATIENCE.toMillis())
                        .putHeader("Accept", "application/json"))
                .compose(HttpClientRequest::send)
                .compose(IssuerDocuments::body);
    }

    private static Future<Buffer> body(HttpClientResponse response) {
        if (response.statusCode() != OK) {
            return Future.failedFuture("It answered with " + response.statusCode() + ".");
        }
        Promise<Buffer> body = Promise.promise();
        Buffer all = Buffer.buffer();
        response.handler(bytes -> {
            if (all.length() + bytes.length() > MOST_BYTES) {
                body.tryFail("It answered with more than " + MOST_BYTES + " bytes.");
                response.request().reset();
            } else {
                all.appendBuffer(bytes);
            }
        });
        response.exceptionHandler(body::tryFail);
        response.endHandler(end -> body.tryComplete(all));
        return body.future();
    }
}
