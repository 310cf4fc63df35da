package dev.millrace.loop;

import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.quarkus.scheduler.Scheduler;
import java.time.Duration;

/** quarkus-scheduler calls on a thread of the worker pool, at whole seconds. */
public final class ScheduledRates implements Rates {

    private final Scheduler scheduler;

    public ScheduledRates(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    @Override
    public void every(Duration period, String name, Runnable call) {
        scheduler
                .newJob(name)
                .setInterval(period.toString())
                .setConcurrentExecution(ConcurrentExecution.SKIP)
                .setTask(execution -> call.run())
                .schedule();
    }
}
