package dev.millrace.worker.run;

import dev.millrace.worker.held.TaskExecution;
import dev.millrace.worker.settle.Outcome;
import io.quarkus.arc.Arc;
import io.quarkus.arc.ManagedContext;

/** Gives each run a CDI request scope of its own, as a request has: beans of that scope work in tasks. */
public final class RequestScope implements RunInterceptor {

    @Override
    public Outcome around(TaskExecution execution, Step next) {
        ManagedContext scope = Arc.container().requestContext();
        scope.activate();
        try {
            return next.run(execution);
        } finally {
            scope.terminate();
        }
    }
}
