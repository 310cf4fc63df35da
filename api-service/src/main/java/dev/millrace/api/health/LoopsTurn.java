package dev.millrace.api.health;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;

/** Alive: every loop turned lately. The data are the milliseconds since. */
@Liveness
public class LoopsTurn implements HealthCheck {

    private final Loops loops;

    public LoopsTurn(Loops loops) {
        this.loops = loops;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("loops");
        loops.watched()
                .forEach(one -> response.withData(
                        one.loop().name(), one.loop().lastTurn().toMillis()));
        return response.status(loops.watched().stream().allMatch(Loops.Watched::turns))
                .build();
    }
}
