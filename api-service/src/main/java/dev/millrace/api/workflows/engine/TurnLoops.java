package dev.millrace.api.workflows.engine;

import dev.millrace.loop.Duties;
import dev.millrace.loop.Loops;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;

/** Lets workflows move, and tells those who wait for their ends. */
@ApplicationScoped
class TurnLoops {

    private static final int BEFORE_LOOPS_STOP = 1;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

    void sendClientsAway(@Observes @Priority(BEFORE_LOOPS_STOP) ShutdownEvent ending, WorkflowWatch watch) {
        watch.close();
    }

    void start(
            @Observes StartupEvent starting,
            Loops loops,
            Duties duties,
            Turns turns,
            Recount recount,
            EndedWorkflows endings,
            WorkflowWatch watch) {
        duties.start("workflow-recount", Recount.PERIOD, recount::once);
        loops.start("workflow-turns", turns::turnOnce);
        loops.start("workflow-ends", () -> {
            endings.lookOnce();
            watch.lookOnce();
            return BETWEEN_LOOKS;
        });
    }
}
