package dev.millrace.worker.health;

import dev.millrace.worker.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while it renews its lease in Redis, has announced its tasks and is not stopping. */
@Readiness
@ApplicationScoped
class WorkerReady implements HealthCheck {

    private final Worker worker;

    WorkerReady(Worker worker) {
        this.worker = worker;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("worker")
                .status(worker.ready())
                .withData("id", worker.id())
                .withData("redis", worker.redis().name().toLowerCase(Locale.ROOT))
                .withData("announced", worker.announced())
                .withData("draining", worker.draining())
                .withData("leakedSlots", worker.leakedSlots())
                .build();
    }
}
