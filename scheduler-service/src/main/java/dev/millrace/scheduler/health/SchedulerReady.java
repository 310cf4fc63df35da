package dev.millrace.scheduler.health;

import dev.millrace.scheduler.Scheduler;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while Redis answers and is open for work, and the scheduler is not stopping. */
@Readiness
@ApplicationScoped
class SchedulerReady implements HealthCheck {

    private final Scheduler scheduler;

    SchedulerReady(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("scheduler")
                .status(scheduler.ready())
                .withData("id", scheduler.id())
                .withData("redis", scheduler.redis().name().toLowerCase(Locale.ROOT))
                .withData("epoch", scheduler.epoch())
                .withData("stopping", scheduler.stopping())
                .build();
    }
}
