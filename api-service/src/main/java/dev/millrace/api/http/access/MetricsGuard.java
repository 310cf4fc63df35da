package dev.millrace.api.http.access;

import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.CompletionException;

/** Shows the meters to viewers only: they name tasks and queues. The framework serves them past all resources. */
@ApplicationScoped
class MetricsGuard {

    private static final String METRICS = "/q/metrics*";

    private final AccessSettings settings;
    private final Doorman doorman;

    MetricsGuard(AccessSettings settings, Doorman doorman) {
        this.settings = settings;
        this.doorman = doorman;
    }

    /** Behind the filter that answers what is refused, and before everything else. */
    void stand(@Observes Router router) {
        if (settings.enabled()) {
            router.route(METRICS).order(Integer.MIN_VALUE + 1).handler(this::admit);
        }
    }

    private void admit(RoutingContext call) {
        Future.fromCompletionStage(
                        doorman.admit(call.request(), Role.VIEWER), call.vertx().getOrCreateContext())
                .onSuccess(caller -> call.next())
                .onFailure(refusal -> call.fail(refusal instanceof CompletionException ? refusal.getCause() : refusal));
    }
}
