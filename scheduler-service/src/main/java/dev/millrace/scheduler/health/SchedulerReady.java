package dev.millrace.scheduler.health;

import dev.millrace.scheduler.ScheduleLoops;
import dev.millrace.scheduler.Scheduler;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while Redis answers and is open for work, PostgreSQL answers, and the scheduler is not stopping. */
@Readiness
@ApplicationScoped
class SchedulerReady implements HealthCheck {

    private final Scheduler scheduler;
    private final ScheduleLoops schedules;

    SchedulerReady(Scheduler scheduler, ScheduleLoops schedules) {
        this.scheduler = scheduler;
        this.schedules = schedules;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("scheduler")
                .status(scheduler.ready() && schedules.ready())
                .withData("id", scheduler.id())
                .withData("redis", scheduler.redis().name().toLowerCase(Locale.ROOT))
                .withData("epoch", scheduler.epoch())
                .withData("postgresql", schedules.ready() ? "answers" : "unreachable")
                .withData("stopping", scheduler.stopping())
                .build();
    }
}
