package dev.millrace.api.http.access;

import dev.millrace.api.http.access.browser.Origins;
import dev.millrace.api.http.access.credential.Credential;
import dev.millrace.api.http.access.credential.Credential.Kind;
import dev.millrace.api.http.access.credential.TokenHash;
import dev.millrace.api.http.access.credential.TokenText;
import dev.millrace.api.http.access.oidc.Issuer;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.time.Duration;
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
            "What the call shows is no token or session of this installation, or one that has expired or was revoked.");
    private static final Problem CROSS_SITE = Problem.of(ProblemType.CROSS_SITE);

    private final AccessSettings settings;
    private final KnownTokens tokens;
    private final Issuer issuer;
    private final RequestRates rates;
    private final Origins origins;
    private final Vertx vertx;

    Doorman(
            AccessSettings settings,
            KnownTokens tokens,
            Issuer issuer,
            RequestRates rates,
            Origins origins,
            Vertx vertx) {
        this.settings = settings;
        this.tokens = tokens;
        this.issuer = issuer;
        this.rates = rates;
        this.origins = origins;
        this.vertx = vertx;
    }

    /**
     * The caller, if it may what needs this role. Otherwise it fails with a problem of 401, 403 or 429, or with the failure of
     * PostgreSQL or of the issuer to tell of the token.
     */
    CompletionStage<Caller> admit(HttpServerRequest request, Role least) {
        return Credential.of(request)
                .map(shown -> isForeign(shown, request)
                        ? CompletableFuture.<Caller>failedFuture(CROSS_SITE.exception())
                        : signIn(shown).thenCompose(caller -> permit(caller, least)))
                .orElseGet(() -> refused(NO_TOKEN));
    }

    /** What a browser adds by itself is no sign that who has it wants the call. Clients other than browsers say nothing of pages. */
    private boolean isForeign(Credential shown, HttpServerRequest request) {
        return switch (shown.kind()) {
            case BEARER -> false;
            case BASIC -> origins.comesFromAPage(request) && origins.isForeignChange(request);
            case COOKIE -> origins.isForeignChange(request);
        };
    }

    private CompletionStage<Caller> signIn(Credential shown) {
        return shown.kind() == Kind.BEARER && issuer.mayHaveMade(shown.text())
                ? issuer.identity(shown.text())
                        .thenCompose(found -> found.<CompletionStage<Caller>>map(
                                        identity -> CompletableFuture.completedFuture(Caller.ofIssuer(identity)))
                                .orElseGet(this::refusedLate))
                : byToken(shown);
    }

    private CompletionStage<Caller> byToken(Credential shown) {
        TokenHash hash = TokenHash.of(shown.text());
        boolean inCookie = shown.kind() == Kind.COOKIE;
        if (!inCookie && settings.adminToken().filter(hash::equals).isPresent()) {
            return CompletableFuture.completedFuture(Caller.BOOTSTRAP);
        }
        return TokenText.read(shown.text())
                .filter(text -> text.session() == inCookie)
                .map(text -> tokens.find(text.id()).thenCompose(found -> compare(found, text, hash)))
                .orElseGet(this::refusedLate);
    }

    private CompletionStage<Caller> compare(Optional<Token> found, TokenText text, TokenHash hash) {
        return found.filter(token -> token.isShownBy(text, hash, settings))
                .<CompletionStage<Caller>>map(token -> CompletableFuture.completedFuture(token.caller()))
                .orElseGet(this::refusedLate);
    }

    private CompletionStage<Caller> permit(Caller caller, Role least) {
        return rates.refusal(caller)
                .<CompletionStage<Caller>>map(CompletableFuture::failedFuture)
                .orElseGet(() -> suffices(caller, least));
    }

    private static CompletionStage<Caller> suffices(Caller caller, Role least) {
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
