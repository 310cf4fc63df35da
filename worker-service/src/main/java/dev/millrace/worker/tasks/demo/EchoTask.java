package dev.millrace.worker.tasks.demo;

import dev.millrace.task.Task;
import jakarta.enterprise.context.ApplicationScoped;

/** Answers what it was given. */
@ApplicationScoped
public class EchoTask {

    @Task(name = "demo.echo", timeout = "PT10S", description = "Returns its payload.")
    public Echo echo(Echo payload) {
        return payload;
    }
}
