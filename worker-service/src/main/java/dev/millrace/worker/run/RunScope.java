package dev.millrace.worker.run;

import io.quarkus.arc.Arc;
import io.quarkus.arc.ManagedContext;

/** What is set up around each run of a task. */
@FunctionalInterface
public interface RunScope {

    void around(Runnable run);

    /** Gives each run a CDI request scope of its own, as a request has: beans of that scope work in tasks. */
    static RunScope request() {
        return run -> {
            ManagedContext scope = Arc.container().requestContext();
            scope.activate();
            try {
                run.run();
            } finally {
                scope.terminate();
            }
        };
    }
}
