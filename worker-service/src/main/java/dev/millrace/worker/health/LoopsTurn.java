package dev.millrace.worker.health;

import dev.millrace.worker.Worker;
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

    private final Worker worker;

    LoopsTurn(Worker worker) {
        this.worker = worker;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("loops").up();
        worker.lastTurns().forEach((name, ago) -> {
            answer.withData(name + "MsAgo", ago.toMillis());
            if (ago.compareTo(LATELY) > 0) {
                answer.down();
            }
        });
        return answer.build();
    }
}
