package dev.millrace.api.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.api.http.access.credential.TokenHash;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class KnownTokensTest {

    private static final Duration ALMOST_VALID = KnownTokens.VALID.minusMillis(1);

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
    private final Map<String, Token> record = new HashMap<>();
    private final List<Set<String>> asked = new ArrayList<>();
    private final List<CompletableFuture<Void>> answers = new ArrayList<>();
    private final KnownTokens tokens = new KnownTokens(this::ask, nanos::get);

    /** The record of the moment in which it answers. */
    private CompletionStage<Map<String, Token>> ask(Set<String> ids) {
        asked.add(Set.copyOf(ids));
        CompletableFuture<Void> answer = new CompletableFuture<>();
        answers.add(answer);
        return answer.thenApply(now -> Map.copyOf(record));
    }

    @Test
    void asksOnceForATokenThatIsUsedOften() {
        known("a");

        for (int i = 0; i < 100; i++) {
            assertThat(now("a")).isPresent();
        }

        assertThat(asked).hasSize(1);
    }

    @Test
    void asksAnewBesideTheRequestWhatWasToldAWhileAgo() {
        known("a");
        record.clear();
        pass(KnownTokens.FRESH.plusMillis(1));

        assertThat(now("a")).isPresent();
        assertThat(asked).hasSize(2);

        answer();
        assertThat(tokens.vouchesFor("a")).isFalse();
    }

    @Test
    void vouchesForNothingThatWasToldTooLongAgoWhenItCannotBeAsked() {
        known("a");
        pass(ALMOST_VALID);
        assertThat(now("a")).isPresent();
        answers.getLast().completeExceptionally(new IllegalStateException("away"));
        assertThat(tokens.vouchesFor("a")).isTrue();
        answers.getLast().completeExceptionally(new IllegalStateException("away"));

        pass(Duration.ofMillis(2));

        assertThat(tokens.vouchesFor("a")).isFalse();
        answers.getLast().completeExceptionally(new IllegalStateException("away"));
        CompletableFuture<Optional<Token>> found = tokens.find("a").toCompletableFuture();
        answers.getLast().completeExceptionally(new IllegalStateException("away"));
        assertThat(found).isCompletedExceptionally();
    }

    @Test
    void theAgeOfAnAnswerCountsFromWhenItWasAskedFor() {
        record.put("a", token("a"));
        CompletableFuture<Optional<Token>> found = tokens.find("a").toCompletableFuture();
        pass(KnownTokens.VALID.plusMillis(1));
        answer();

        assertThat(found.join()).isPresent();
        assertThat(tokens.vouchesFor("a")).isFalse();
    }

    @Test
    void findsATokenAsSoonAsThereIsOne() {
        CompletableFuture<Optional<Token>> before = tokens.find("a").toCompletableFuture();
        answer();
        assertThat(before.join()).isEmpty();

        record.put("a", token("a"));
        CompletableFuture<Optional<Token>> after = tokens.find("a").toCompletableFuture();
        answer();

        assertThat(after.join()).isPresent();
    }

    @Test
    void asksForAllThatWaitTogether() {
        record.put("c", token("c"));
        List<CompletableFuture<Optional<Token>>> found = List.of("a", "b", "c", "b").stream()
                .map(id -> tokens.find(id).toCompletableFuture())
                .toList();

        answer();
        answer();

        assertThat(asked).containsExactly(Set.of("a"), Set.of("b", "c"));
        assertThat(found.stream().map(CompletableFuture::join).map(Optional::isPresent))
                .containsExactly(false, false, true, false);
    }

    @Test
    void goesOnAfterAFailure() {
        CompletableFuture<Optional<Token>> failed = tokens.find("a").toCompletableFuture();
        answers.getLast().completeExceptionally(new IllegalStateException("away"));
        assertThat(failed).isCompletedExceptionally();

        known("a");
        assertThat(now("a")).isPresent();
    }

    @Test
    void asksAnewForWhatItWasToForget() {
        known("a");
        record.clear();

        tokens.forget("a");

        assertThat(tokens.vouchesFor("a")).isFalse();
        CompletableFuture<Optional<Token>> found = tokens.find("a").toCompletableFuture();
        answer();
        assertThat(found.join()).isEmpty();
    }

    private void known(String id) {
        record.put(id, token(id));
        tokens.find(id);
        answer();
    }

    private void answer() {
        answers.stream()
                .filter(answer -> !answer.isDone())
                .findFirst()
                .orElseThrow()
                .complete(null);
    }

    private Optional<Token> now(String id) {
        return tokens.find(id).toCompletableFuture().getNow(Optional.empty());
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private static Token token(String id) {
        return new Token(TokenHash.of(id), null, Caller.ofToken("default", Role.VIEWER, id, id, Instant.EPOCH));
    }
}
