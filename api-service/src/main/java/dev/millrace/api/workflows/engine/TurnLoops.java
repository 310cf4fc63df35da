package dev.millrace.api.workflows.engine;

import dev.millrace.loop.Loops;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;

/** Lets workflows move, and tells those who wait for their ends. */
@ApplicationScoped
class TurnLoops {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

    void start(@Observes StartupEvent starting, Loops loops, Turns turns, EndedWorkflows endings) {
        loops.start("workflow-turns", turns::turnOnce);
        loops.start("workflow-ends", () -> {
            endings.lookOnce();
            return BETWEEN_LOOKS;
        });
    }
}
