package dev.millrace.api.http.access;

import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The answers that go on for as long as their clients stay, by tenants and by tokens. May be used by many threads. */
@Singleton
class OpenStreams {

    static final Duration PERIOD = Duration.ofSeconds(1);

    private final KnownTokens tokens;
    private final StreamLimit limit;
    private final InstantSource clock;
    private final Map<String, Set<RoutingContext>> ofTenants = new ConcurrentHashMap<>();
    private final Map<String, Set<RoutingContext>> ofTokens = new ConcurrentHashMap<>();

    OpenStreams(KnownTokens tokens, StreamLimit limit, InstantSource clock) {
        this.tokens = tokens;
        this.limit = limit;
        this.clock = clock;
    }

    /**
     * Lets a caller have one more, for as long as its credential, if it needs one, is good.
     *
     * @throws dev.millrace.api.http.problem.ProblemException 429 if its tenant has as many as it may have
     */
    void add(Caller caller, RoutingContext call) {
        ofTenants.compute(caller.tenant(), (tenant, calls) -> {
            Set<RoutingContext> live = open(calls);
            limit.admitStream(tenant, live::size);
            return with(live, call);
        });
        String credential = caller.credential();
        Instant end = caller.expiresAt();
        if (credential != null) {
            ofTokens.compute(credential, (any, calls) -> with(open(calls), call));
        } else if (end != null) {
            cutOffAt(end, call);
        }
    }

    /** Of a credential that nobody can revoke its end is known. */
    private void cutOffAt(Instant end, RoutingContext call) {
        long millis = Math.max(1, Duration.between(clock.instant(), end).toMillis());
        long timer = call.vertx().setTimer(millis, over -> call.response().reset());
        call.addEndHandler(done -> call.vertx().cancelTimer(timer));
    }

    /** Cuts off those whose token is no longer vouched for, and forgets those that have ended. */
    void lookOnce() {
        ofTokens.keySet().forEach(token -> ofTokens.computeIfPresent(token, this::look));
        ofTenants.keySet().forEach(tenant -> ofTenants.computeIfPresent(tenant, (any, calls) -> orNull(open(calls))));
    }

    private @Nullable Set<RoutingContext> look(String token, Set<RoutingContext> calls) {
        Set<RoutingContext> live = open(calls);
        if (!tokens.vouchesFor(token)) {
            live.forEach(call -> call.response().reset());
        }
        return orNull(live);
    }

    private static @Nullable Set<RoutingContext> orNull(Set<RoutingContext> calls) {
        return calls.isEmpty() ? null : calls;
    }

    private static Set<RoutingContext> with(Set<RoutingContext> calls, RoutingContext call) {
        calls.add(call);
        return calls;
    }

    /** These without those that have ended. */
    private static Set<RoutingContext> open(@Nullable Set<RoutingContext> calls) {
        Set<RoutingContext> open = calls == null ? new HashSet<>() : calls;
        open.removeIf(OpenStreams::hasEnded);
        return open;
    }

    private static boolean hasEnded(RoutingContext call) {
        return call.response().ended() || call.response().closed();
    }
}
