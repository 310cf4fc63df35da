package dev.millrace.health;

import dev.millrace.loop.Loops;
import dev.millrace.loop.Loops.Watched;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;

/**
 * Alive while no loop is stuck, whether its turns end well or badly. The data are, for each loop, for how many
 * milliseconds it has been in one turn, and of a stuck one how many are allowed.
 */
@Liveness
@ApplicationScoped
class LoopsTurn implements HealthCheck {

    private final Loops loops;

    LoopsTurn(Loops loops) {
        this.loops = loops;
    }

    @Override
    public HealthCheckResponse call() {
        List<Watched> watched = loops.watched();
        HealthCheckResponseBuilder answer =
                HealthCheckResponse.named("loops").status(watched.stream().noneMatch(Watched::stuck));
        watched.forEach(one -> describe(answer, one));
        return answer.build();
    }

    private static void describe(HealthCheckResponseBuilder answer, Watched one) {
        String name = one.role().name();
        answer.withData(name, one.role().overdue().toMillis());
        if (one.stuck()) {
            answer.withData(name + " stuck, allowed", one.longestTurn().toMillis());
        }
    }
}
