package dev.millrace.health;

import dev.millrace.loop.Loops;
import dev.millrace.loop.Loops.Watched;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/**
 * Started when there are loops and each has come to its first turn. What the turns find does not matter: a service that
 * starts before Redis or PostgreSQL has started too.
 */
@Startup
@ApplicationScoped
class LoopsBegan implements HealthCheck {

    private final Loops loops;

    LoopsBegan(Loops loops) {
        this.loops = loops;
    }

    @Override
    public HealthCheckResponse call() {
        List<Watched> watched = loops.watched();
        long begun = watched.stream().filter(one -> one.role().begun()).count();
        return HealthCheckResponse.named("loops")
                .status(!watched.isEmpty() && begun == watched.size())
                .withData("loops", watched.size())
                .withData("begun", begun)
                .build();
    }
}
