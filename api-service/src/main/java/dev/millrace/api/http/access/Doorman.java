package dev.millrace.api.http.access;

import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Lets callers in who show a token whose role suffices. Never blocks; whom it knows it answers at once. */
@Singleton
class Doorman {

    /** Who shows a wrong token waits so long for the answer; whoever shows a good one never does. */
    static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    private static final Problem NO_TOKEN = Problem.of(
            ProblemType.UNAUTHENTICATED,
            "Say who you are: send a token in the header Authorization, behind 'Bearer ', or as the password of HTTP basic.");
    private static final Problem WRONG_TOKEN = Problem.of(
            ProblemType.UNAUTHENTICATED,
            "What the header Authorization shows is no token of this installation, or one that has expired or was revoked.");

    private final AccessSettings settings;
    private final KnownTokens tokens;
    private final Vertx vertx;

    Doorman(AccessSettings settings, KnownTokens tokens, Vertx vertx) {
        this.settings = settings;
        this.tokens = tokens;
        this.vertx = vertx;
    }

    /**
     * The caller, if it may what needs this role. Otherwise it fails with a problem of 401 or 403, or with the failure of
     * PostgreSQL to tell of the token.
     *
     * @param headers all that are called Authorization
     */
    CompletionStage<Caller> admit(List<String> headers, Role least) {
        return Authorization.token(headers)
                .map(shown -> signIn(shown).thenCompose(caller -> permit(caller, least)))
                .orElseGet(() -> refused(NO_TOKEN));
    }

    private CompletionStage<Caller> signIn(String shown) {
        TokenHash hash = TokenHash.of(shown);
        if (settings.adminToken().filter(hash::equals).isPresent()) {
            return CompletableFuture.completedFuture(Caller.BOOTSTRAP);
        }
        return TokenText.read(shown)
                .map(token -> tokens.find(token.id()).thenCompose(found -> compare(found, hash)))
                .orElseGet(this::refusedLate);
    }

    private CompletionStage<Caller> compare(Optional<Token> found, TokenHash hash) {
        return found.filter(token -> token.hash().equals(hash))
                .<CompletionStage<Caller>>map(token -> CompletableFuture.completedFuture(token.caller()))
                .orElseGet(this::refusedLate);
    }

    private static CompletionStage<Caller> permit(Caller caller, Role least) {
        return caller.role().mayWhatNeeds(least)
                ? CompletableFuture.completedFuture(caller)
                : refused(Problem.of(
                        ProblemType.FORBIDDEN,
                        "This needs the role %s; yours is %s."
                                .formatted(least.label(), caller.role().label())));
    }

    private static CompletionStage<Caller> refused(Problem problem) {
        return CompletableFuture.failedFuture(problem.exception());
    }

    private CompletionStage<Caller> refusedLate() {
        CompletableFuture<Caller> answer = new CompletableFuture<>();
        vertx.setTimer(PAUSE_AFTER_FAILURE.toMillis(), passed -> answer.completeExceptionally(WRONG_TOKEN.exception()));
        return answer;
    }
}
