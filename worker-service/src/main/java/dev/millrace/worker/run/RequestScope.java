package dev.millrace.worker.run;

import io.quarkus.arc.Arc;
import io.quarkus.arc.ManagedContext;
import java.util.function.Supplier;

/** Gives each run a CDI request scope of its own, as a request has: beans of that scope work in tasks. */
final class RequestScope {

    private RequestScope() {}

    static <T> T within(Supplier<T> run) {
        ManagedContext scope = Arc.container().requestContext();
        scope.activate();
        try {
            return run.get();
        } finally {
            scope.terminate();
        }
    }
}
