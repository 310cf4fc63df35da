package dev.millrace.api.http.access;

import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The answers that go on for as long as their clients stay, by the ids of their tokens. May be used by many threads. */
@Singleton
class OpenStreams {

    static final Duration PERIOD = Duration.ofSeconds(1);

    private final KnownTokens tokens;
    private final Map<String, Set<RoutingContext>> open = new ConcurrentHashMap<>();

    OpenStreams(KnownTokens tokens) {
        this.tokens = tokens;
    }

    void add(String token, RoutingContext call) {
        open.compute(token, (any, calls) -> {
            Set<RoutingContext> all = calls == null ? new HashSet<>() : calls;
            all.add(call);
            return all;
        });
    }

    /** Cuts off those whose token is no longer vouched for, and forgets those that have ended. */
    void lookOnce() {
        open.keySet().forEach(token -> open.computeIfPresent(token, this::look));
    }

    private @Nullable Set<RoutingContext> look(String token, Set<RoutingContext> calls) {
        calls.removeIf(OpenStreams::hasEnded);
        if (!tokens.vouchesFor(token)) {
            calls.forEach(call -> call.response().reset());
        }
        return calls.isEmpty() ? null : calls;
    }

    private static boolean hasEnded(RoutingContext call) {
        return call.response().ended() || call.response().closed();
    }
}
