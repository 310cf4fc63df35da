package dev.millrace.worker.tasks.demo;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.millrace.task.JobOrder;
import dev.millrace.task.Task;
import dev.millrace.task.TaskContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** Orders jobs that echo a number each. */
@ApplicationScoped
public class OrderTask {

    @Task(
            name = "demo.order",
            timeout = "PT1M",
            description = "Orders jobs of demo.echo, which are made if it succeeds.")
    public Ordered order(OrderJobs payload, TaskContext context) {
        List<UUID> ids = IntStream.rangeClosed(1, payload.jobs())
                .mapToObj(number -> context.submit(echo(number)))
                .toList();
        if (payload.fails()) {
            throw new PermanentDemoFailure("It fails behind its orders, as it was told to.");
        }
        return new Ordered(ids.size(), ids.getFirst());
    }

    private static JobOrder echo(int number) {
        return JobOrder.of("demo.echo", new Echo(IntNode.valueOf(number))).key("echo-" + number);
    }
}
