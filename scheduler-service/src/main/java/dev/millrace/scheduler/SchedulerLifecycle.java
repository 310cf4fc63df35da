package dev.millrace.scheduler;

import dev.millrace.loop.Duties;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Starts the scheduler with the application, and stops it on SIGTERM. */
@Singleton
final class SchedulerLifecycle {

    private final Scheduler scheduler;
    private final ScheduleLoops schedules;
    private final Duties duties;

    SchedulerLifecycle(Scheduler scheduler, ScheduleLoops schedules, Duties duties) {
        this.scheduler = scheduler;
        this.schedules = schedules;
        this.duties = duties;
    }

    void begin(@Observes StartupEvent started) {
        scheduler.start();
        schedules.start(scheduler.loops(), duties);
    }

    void end(@Observes ShutdownEvent stopping) {
        scheduler.stop();
    }
}
