package dev.millrace.api.http.access.oidc;

import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jose4j.jwk.JsonWebKey;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the issuer, as it told of them a while ago. They are asked for again beside the requests that use them; a key that is
 * not among them is looked for at once, so that a new one is good when the first token comes that is signed with it, but not more
 * often than every 5 s, whatever callers make up. A key that the issuer takes back counts for 5 minutes more while tokens are
 * shown. While the issuer is away its keys go on for an hour. May be used by many threads; nobody waits but for an unknown key.
 */
final class IssuerKeys {

    private static final Logger LOG = Logger.getLogger(IssuerKeys.class);

    /** What is older is asked for again. */
    static final Duration FRESH = Duration.ofMinutes(5);

    /** What is older counts for nothing. */
    static final Duration VALID = Duration.ofHours(1);

    /** Between two questions. */
    static final Duration PAUSE = Duration.ofSeconds(5);

    private final KeySource source;
    private final LongSupplier nanos;
    private volatile @Nullable Told told;
    private @Nullable CompletableFuture<@Nullable Void> asking;
    private long askedAt;
    private boolean asked;

    /** Keys, and when they were asked for. */
    private record Told(List<JsonWebKey> keys, long askedAt) {}

    /** @param nanos as {@link System#nanoTime} */
    IssuerKeys(KeySource source, LongSupplier nanos) {
        this.source = source;
        this.nanos = nanos;
    }

    /** All of them, a key of this id if the issuer has one. Fails with a 503 problem while nothing is known of them. */
    CompletionStage<List<JsonWebKey>> with(String id) {
        Told known = known();
        if (known != null && has(known, id)) {
            if (isOlder(known.askedAt(), FRESH)) {
                CompletableFuture<@Nullable Void> unused = ask();
            }
            return CompletableFuture.completedFuture(known.keys());
        }
        return ask().thenApply(answered -> orFail(known()));
    }

    private static boolean has(Told known, String id) {
        return known.keys().stream().anyMatch(key -> id.equals(key.getKeyId()));
    }

    private @Nullable Told known() {
        Told known = told;
        return known == null || isOlder(known.askedAt(), VALID) ? null : known;
    }

    private static List<JsonWebKey> orFail(@Nullable Told known) {
        if (known == null) {
            throw new CompletionException(
                    Problem.of(ProblemType.UNAVAILABLE, "The issuer of your token gives no answer now.")
                            .exception());
        }
        return known.keys();
    }

    private boolean isOlder(long then, Duration age) {
        return nanos.getAsLong() - then > age.toNanos();
    }

    /** Ends when the answer is there, whichever it is; at once if the last question was a moment ago. */
    private synchronized CompletableFuture<@Nullable Void> ask() {
        CompletableFuture<@Nullable Void> under = asking;
        if (under != null) {
            return under;
        }
        if (asked && !isOlder(askedAt, PAUSE)) {
            return CompletableFuture.completedFuture(null);
        }
        asked = true;
        askedAt = nanos.getAsLong();
        long began = askedAt;
        CompletableFuture<@Nullable Void> answer = new CompletableFuture<>();
        asking = answer;
        question().whenComplete((keys, failure) -> {
            learn(keys, failure, began);
            answer.complete(null);
        });
        return answer;
    }

    private CompletionStage<List<JsonWebKey>> question() {
        try {
            return source.ask();
        } catch (RuntimeException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    private synchronized void learn(@Nullable List<JsonWebKey> keys, @Nullable Throwable failure, long began) {
        asking = null;
        if (keys == null) {
            LOG.warn("The issuer of tokens gave no keys; those that are known go on for an hour.", failure);
        } else {
            told = new Told(List.copyOf(keys), began);
        }
    }
}
