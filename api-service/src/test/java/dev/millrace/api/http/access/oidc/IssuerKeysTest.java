package dev.millrace.api.http.access.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.api.http.problem.ProblemException;
import dev.millrace.api.http.problem.ProblemType;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jose4j.jwk.JsonWebKey;
import org.junit.jupiter.api.Test;

class IssuerKeysTest {

    private static final JsonWebKey FIRST = PlayedIssuer.elliptic("first");
    private static final JsonWebKey SECOND = PlayedIssuer.elliptic("second");

    private final AtomicLong nanos = new AtomicLong(3);
    private final Deque<CompletableFuture<List<JsonWebKey>>> questions = new ArrayDeque<>();
    private final IssuerKeys keys = new IssuerKeys(this::question, nanos::get);

    private CompletableFuture<List<JsonWebKey>> question() {
        CompletableFuture<List<JsonWebKey>> question = new CompletableFuture<>();
        questions.add(question);
        return question;
    }

    private CompletableFuture<List<JsonWebKey>> with(String id) {
        return keys.with(id).toCompletableFuture();
    }

    private void answer(JsonWebKey... told) {
        Objects.requireNonNull(questions.poll()).complete(List.of(told));
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private void known() {
        CompletableFuture<List<JsonWebKey>> unused = with("first");
        answer(FIRST);
    }

    @Test
    void asksOnceForAllWhoWait() {
        CompletableFuture<List<JsonWebKey>> one = with("first");
        CompletableFuture<List<JsonWebKey>> other = with("first");
        assertThat(questions).hasSize(1);

        answer(FIRST);

        assertThat(one.join()).containsExactly(FIRST);
        assertThat(other.join()).containsExactly(FIRST);
        assertThat(with("first")).isCompletedWithValue(List.of(FIRST));
        assertThat(questions).isEmpty();
    }

    @Test
    void looksForAKeyThatItDoesNotKnowButNotMoreOftenThanEveryFiveSeconds() {
        known();
        pass(Duration.ofSeconds(4));
        assertThat(with("second")).isCompletedWithValue(List.of(FIRST));
        assertThat(questions).isEmpty();

        pass(Duration.ofSeconds(2));
        CompletableFuture<List<JsonWebKey>> rotated = with("second");
        assertThat(with("first")).isCompletedWithValue(List.of(FIRST));
        answer(SECOND);

        assertThat(rotated.join()).containsExactly(SECOND);
        assertThat(with("first")).isCompletedWithValue(List.of(SECOND));
        assertThat(questions).isEmpty();
    }

    @Test
    void asksAgainAfterFiveMinutesAndLetsNobodyWait() {
        known();
        pass(Duration.ofMinutes(5).plusSeconds(1));

        assertThat(with("first")).isCompletedWithValue(List.of(FIRST));
        answer(FIRST, SECOND);

        assertThat(with("second")).isCompletedWithValue(List.of(FIRST, SECOND));
    }

    @Test
    void goesOnWithWhatItKnowsForAnHourWhileTheIssuerIsAway() {
        known();
        pass(Duration.ofMinutes(59));
        assertThat(with("first")).isCompletedWithValue(List.of(FIRST));
        Objects.requireNonNull(questions.poll()).completeExceptionally(new IllegalStateException("away"));
        assertThat(with("first")).isCompletedWithValue(List.of(FIRST));

        pass(Duration.ofMinutes(2));
        CompletableFuture<List<JsonWebKey>> late = with("first");
        Objects.requireNonNull(questions.poll()).completeExceptionally(new IllegalStateException("away"));
        assertUnavailable(late);
        assertUnavailable(with("first"));
        assertThat(questions).isEmpty();

        pass(Duration.ofSeconds(6));
        CompletableFuture<List<JsonWebKey>> back = with("first");
        answer(FIRST);
        assertThat(back.join()).containsExactly(FIRST);
    }

    private static void assertUnavailable(CompletableFuture<List<JsonWebKey>> asked) {
        assertThatThrownBy(asked::join)
                .cause()
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.problem().type()).isEqualTo(ProblemType.UNAVAILABLE));
    }
}
