package dev.millrace.scheduler;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Starts the scheduler with the application, and stops it on SIGTERM. */
@Singleton
final class SchedulerLifecycle {

    private final Scheduler scheduler;
    private final ScheduleLoops schedules;

    SchedulerLifecycle(Scheduler scheduler, ScheduleLoops schedules) {
        this.scheduler = scheduler;
        this.schedules = schedules;
    }

    void begin(@Observes StartupEvent started) {
        scheduler.start();
        schedules.start(scheduler.loops());
    }

    void end(@Observes ShutdownEvent stopping) {
        scheduler.stop();
    }
}
