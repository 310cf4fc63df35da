package dev.millrace.api.http.access.oidc;

import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says for whom the issuer vouches. Without one it vouches for nobody, and asks nobody. Never blocks; may be used by many threads. */
@Singleton
public class Issuer {

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]*");

    private final @Nullable IssuerKeys keys;
    private final @Nullable TokenCheck check;
    private final InstantSource clock;

    @Inject
    Issuer(OidcConfig config, Vertx vertx, InstantSource clock, LongSupplier nanos) {
        Optional<OidcSettings> settings = OidcSettings.of(config);
        this.clock = clock;
        this.check = settings.map(TokenCheck::new).orElse(null);
        this.keys = settings.map(known -> new IssuerKeys(new IssuerDocuments(known, vertx), nanos))
                .orElse(null);
    }

    /** Whether the text has the form of its tokens, and there is an issuer at all. */
    public boolean mayHaveMade(String text) {
        return check != null && TOKEN.matcher(text).matches();
    }

    /**
     * Whom a token vouches for; empty if it is forged, garbled, meant for others, over or not good yet. Fails with a problem: 403 if it is
     * good and gives no role here, 503 while the issuer's keys are not known.
     */
    public CompletionStage<Optional<Identity>> identity(String token) {
        IssuerKeys from = keys;
        TokenCheck by = check;
        if (from == null || by == null) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return TokenCheck.keyId(token)
                .map(id -> from.with(id).thenApply(known -> by.identity(token, known, clock.instant())))
                .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()));
    }
}
