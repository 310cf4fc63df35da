package dev.millrace.scheduler.health;

import dev.millrace.scheduler.Scheduler;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Alive while the loop has turned lately, whether well or in vain. */
@Liveness
@ApplicationScoped
class LoopTurns implements HealthCheck {

    private static final Duration LATELY = Duration.ofSeconds(30);

    private final Scheduler scheduler;

    LoopTurns(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    @Override
    public HealthCheckResponse call() {
        Duration ago = scheduler.lastTurn();
        return HealthCheckResponse.named("loops")
                .status(ago.compareTo(LATELY) <= 0)
                .withData("streamsMsAgo", ago.toMillis())
                .build();
    }
}
