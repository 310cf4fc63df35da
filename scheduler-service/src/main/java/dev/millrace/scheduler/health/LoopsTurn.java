package dev.millrace.scheduler.health;

import dev.millrace.scheduler.Scheduler;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;

/** Alive while every loop has turned lately, whether well or in vain. */
@Liveness
@ApplicationScoped
class LoopsTurn implements HealthCheck {

    private static final Duration LATELY = Duration.ofSeconds(30);

    private final Scheduler scheduler;

    LoopsTurn(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("loops").up();
        scheduler.lastTurns().forEach((name, ago) -> {
            answer.withData(name + "MsAgo", ago.toMillis());
            if (ago.compareTo(LATELY) > 0) {
                answer.down();
            }
        });
        return answer.build();
    }
}
