package dev.millrace.worker.tasks.demo;

import dev.millrace.task.Task;
import dev.millrace.task.TaskContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Takes its time, in steps that can be watched; a cancel or a limit ends it at once. */
@ApplicationScoped
public class SleepTask {

    @Task(name = "demo.sleep", timeout = "PT25H", description = "Sleeps, and reports progress at every step.")
    public Slept sleep(Sleep payload, TaskContext context) throws InterruptedException {
        int steps = payload.parts();
        context.progress(0, steps, null);
        for (int step = 1; step <= steps; step++) {
            context.sleep(part(payload.duration(), step, steps));
            context.progress(step, steps, "step %d of %d".formatted(step, steps));
        }
        return new Slept(payload.duration());
    }

    /** The parts differ by a nanosecond at most, and add up to the whole. */
    private static Duration part(Duration whole, int step, int steps) {
        return whole.multipliedBy(step)
                .dividedBy(steps)
                .minus(whole.multipliedBy(step - 1L).dividedBy(steps));
    }
}
