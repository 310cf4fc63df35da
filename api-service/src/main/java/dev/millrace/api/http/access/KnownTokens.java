package dev.millrace.api.http.access;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that are in use, as PostgreSQL told of them a moment ago. No token is vouched for by what was told more than
 * 4 s ago, so that its expiry and its revocation are obeyed within 5 s, whichever instance it was revoked at, and also by an
 * instance that PostgreSQL does not answer. That there is no such token is never remembered, so a new one is good at once.
 *
 * <p>Nobody waits for a token that was told of within the last 4 s. All that is to be asked is asked in one statement at a
 * time. May be used by many threads.
 */
@Singleton
public class KnownTokens {

    /** What is older is asked again, beside the request that uses it. */
    static final Duration FRESH = Duration.ofSeconds(2);

    /** What is older counts for nothing. */
    static final Duration VALID = Duration.ofSeconds(4);

    private final TokenSource source;
    private final LongSupplier nanos;
    private final Map<String, Told> told = new ConcurrentHashMap<>();
    private Map<String, CompletableFuture<Optional<Token>>> waiting = new HashMap<>();
    private boolean asking;

    /** A token, and when it was asked for. */
    private record Told(Token token, long askedAt) {}

    /** @param nanos as {@link System#nanoTime} */
    KnownTokens(TokenSource source, LongSupplier nanos) {
        this.source = source;
        this.nanos = nanos;
    }

    /** The token of this id; empty if there is none, or none any more. Fails if that cannot be asked. */
    CompletionStage<Optional<Token>> find(String id) {
        Told known = told.get(id);
        if (known == null || isOlder(known, VALID)) {
            return ask(id);
        }
        refresh(id, known);
        return CompletableFuture.completedFuture(Optional.of(known.token()));
    }

    /** Whether this token, which was found before, is still good. Asked at least once a second, it knows in time. */
    boolean vouchesFor(String id) {
        Told known = told.get(id);
        if (known != null) {
            refresh(id, known);
        }
        return known != null && !isOlder(known, VALID);
    }

    /** Has it asked for anew. */
    public void forget(String id) {
        told.remove(id);
    }

    private void refresh(String id, Told known) {
        if (isOlder(known, FRESH)) {
            CompletableFuture<Optional<Token>> unused = ask(id);
        }
    }

    private boolean isOlder(Told known, Duration age) {
        return nanos.getAsLong() - known.askedAt() > age.toNanos();
    }

    /** By a statement that begins after this call. */
    private synchronized CompletableFuture<Optional<Token>> ask(String id) {
        CompletableFuture<Optional<Token>> answer = waiting.computeIfAbsent(id, any -> new CompletableFuture<>());
        if (!asking) {
            askForAll();
        }
        return answer;
    }

    private synchronized void askForAll() {
        Map<String, CompletableFuture<Optional<Token>>> asked = waiting;
        waiting = new HashMap<>();
        asking = !asked.isEmpty();
        if (asking) {
            long askedAt = nanos.getAsLong();
            question(asked.keySet()).whenComplete((found, failure) -> answered(asked, askedAt, found, failure));
        }
    }

    /** Ends whatever happens, since the next one waits for it. */
    private CompletionStage<Map<String, Token>> question(Set<String> ids) {
        try {
            return source.find(ids);
        } catch (RuntimeException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    private void answered(
            Map<String, CompletableFuture<Optional<Token>>> asked,
            long askedAt,
            @Nullable Map<String, Token> found,
            @Nullable Throwable failure) {
        if (found != null) {
            asked.keySet().forEach(id -> learn(id, found.get(id), askedAt));
            told.values().removeIf(known -> isOlder(known, VALID));
        }
        askForAll();
        asked.forEach((id, answer) -> tell(answer, found == null ? null : found.get(id), failure));
    }

    private void learn(String id, @Nullable Token token, long askedAt) {
        if (token == null) {
            told.remove(id);
        } else {
            told.put(id, new Told(token, askedAt));
        }
    }

    private static void tell(
            CompletableFuture<Optional<Token>> answer, @Nullable Token token, @Nullable Throwable failure) {
        if (failure == null) {
            answer.complete(Optional.ofNullable(token));
        } else {
            answer.completeExceptionally(failure);
        }
    }
}
