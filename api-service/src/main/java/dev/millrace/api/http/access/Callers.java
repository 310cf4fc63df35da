package dev.millrace.api.http.access;

import dev.millrace.api.http.access.credential.SessionCookie;
import dev.millrace.api.http.access.credential.TokenHash;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** Tells who is calling. */
@ApplicationScoped
public class Callers {

    private static final String CALLER = Caller.class.getName();
    private static final String OPERATION = Operations.class.getName();

    private final AccessSettings settings;
    private final OpenStreams streams;
    private final CurrentVertxRequest request;

    Callers(AccessSettings settings, OpenStreams streams, CurrentVertxRequest request) {
        this.settings = settings;
        this.streams = streams;
        this.request = request;
    }

    /** Whether callers are asked who they are. */
    public boolean areAsked() {
        return settings.enabled();
    }

    /** The caller of the current request. */
    public Caller current() {
        return settings.enabled() ? Objects.requireNonNull(call().get(CALLER)) : Caller.LOCAL;
    }

    /** The caller of the current request; empty if nobody was let in. */
    public Optional<Caller> ifKnown() {
        return settings.enabled() ? Optional.ofNullable(call().get(CALLER)) : Optional.of(Caller.LOCAL);
    }

    /** What the current request asks for: method and path as the contract has it, with a space between; empty if there is no such thing. */
    public Optional<String> operation() {
        return Optional.ofNullable(call().get(OPERATION));
    }

    void asksFor(String operation) {
        call().put(OPERATION, operation);
    }

    /**
     * As {@link #current()}, of a request whose answer goes on for as long as the client stays. It is cut off when its
     * token or session has expired or was revoked.
     *
     * @throws dev.millrace.api.http.problem.ProblemException 429 if its tenant has as many as it may have
     */
    public Caller ofStream() {
        Caller caller = current();
        streams.add(caller, call());
        return caller;
    }

    /** The cookie of the session that the current request has, or is to be given. */
    public SessionCookie cookie() {
        return SessionCookie.of(call().request());
    }

    /** The token of the environment, by which a session of its holder is bound. */
    public TokenHash installationToken() {
        return settings.adminToken().orElseThrow(() -> new IllegalStateException("There is no such token."));
    }

    /** How long a session lasts at most. */
    public Duration sessionLifetime() {
        return settings.sessionLifetime();
    }

    /**
     * The caller of a request that changes what all tenants share: queues and workers are the installation's, and so are the
     * operators of its own tenant, {@code default}.
     *
     * @throws dev.millrace.api.http.problem.ProblemException 403 for those of other tenants
     */
    public Caller ofInstallation() {
        Caller caller = current();
        if (!caller.tenant().equals(Caller.DEFAULT_TENANT)) {
            throw Problem.of(
                            ProblemType.FORBIDDEN,
                            "All tenants share queues and workers: only operators of the tenant 'default' change them.")
                    .exception();
        }
        return caller;
    }

    static Caller admitted(RoutingContext call, Caller caller) {
        call.put(CALLER, caller);
        return caller;
    }

    RoutingContext call() {
        return request.getCurrent();
    }
}
