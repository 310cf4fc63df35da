package dev.millrace.api.http.access;

import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.mapping.RuntimeResource;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;
import org.jspecify.annotations.Nullable;

/**
 * Stands before every operation, on the event loop: the framework has chosen it, so that no spelling of a path comes past
 * the table, and has read nothing of the body.
 */
@ApplicationScoped
public class AccessFilter {

    private static final Pattern SLASHES = Pattern.compile("/+");

    private final AccessSettings settings;
    private final Doorman doorman;
    private final Callers callers;
    private final Map<RuntimeResource, String> operations = new ConcurrentHashMap<>();

    AccessFilter(AccessSettings settings, Doorman doorman, Callers callers) {
        this.settings = settings;
        this.doorman = doorman;
        this.callers = callers;
    }

    /** Null lets the request pass at once. */
    @ServerRequestFilter(nonBlocking = true)
    public @Nullable Uni<Void> admit(ResteasyReactiveContainerRequestContext request) {
        String operation = operation(request);
        callers.asksFor(operation);
        if (Operations.isOpen(operation)) {
            return null;
        }
        Role least = Operations.least(operation)
                .orElseThrow(() -> Problem.of(ProblemType.FORBIDDEN).exception());
        return settings.enabled() ? admit(least) : null;
    }

    private @Nullable Uni<Void> admit(Role least) {
        RoutingContext call = callers.call();
        CompletableFuture<Caller> caller = doorman.admit(call.request(), least)
                .thenApply(known -> Callers.admitted(call, known))
                .toCompletableFuture();
        return caller.state() == Future.State.SUCCESS
                ? null
                : Uni.createFrom().completionStage(caller).replaceWithVoid();
    }

    private String operation(ResteasyReactiveContainerRequestContext request) {
        RuntimeResource target = ((ResteasyReactiveRequestContext) request.getServerRequestContext()).getTarget();
        return operations.computeIfAbsent(target, AccessFilter::name);
    }

    private static String name(RuntimeResource target) {
        return target.getHttpMethod() + ' ' + path(target.getClassPath().template + '/' + target.getPath().template);
    }

    /** With one slash between two parts, and none behind the last. */
    private static String path(String parts) {
        String path = SLASHES.matcher(parts).replaceAll("/");
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
