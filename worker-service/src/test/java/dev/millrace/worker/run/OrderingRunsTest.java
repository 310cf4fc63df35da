package dev.millrace.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.flow.Flow;
import dev.millrace.flow.Flows;
import dev.millrace.job.JobEvent;
import dev.millrace.job.JobEvent.Deferred;
import dev.millrace.job.JobEvent.Ended;
import dev.millrace.job.JobEvent.Ordered;
import dev.millrace.task.JobOrder;
import dev.millrace.task.PermanentFailure;
import dev.millrace.task.Snooze;
import dev.millrace.task.TaskContext;
import dev.millrace.worker.registry.TaskDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OrderingRunsTest {

    private static final String ORDERS = "[{\"key\":\"a\",\"job\":{\"task\":\"t\",\"payload\":1}}]";

    @Test
    void W14_aSuccessTellsOfItsOrders() throws InterruptedException {
        List<UUID> ids = new ArrayList<>();

        JobEvent end = run((payload, context) -> {
            ids.add(order(context));
            return payload;
        });

        assertThat(end)
                .isInstanceOfSatisfying(
                        Ended.class, ended -> assertThat(ended.orders()).isEqualTo(ORDERS));
        assertThat(ids).containsExactly(end.job().child("a").uuid());
    }

    @Test
    void W14_noOtherEndDoes() throws InterruptedException {
        JobEvent failed = run((payload, context) -> {
            order(context);
            throw new PermanentFailure("no");
        });
        JobEvent snoozed = run((payload, context) -> {
            order(context);
            throw new Snooze(Duration.ofSeconds(1));
        });
        JobEvent refused = run((payload, context) -> {
            order(context);
            return "x".repeat(300 * 1024);
        });

        assertThat(failed)
                .isInstanceOfSatisfying(
                        Ended.class, end -> assertThat(end.orders()).isNull());
        assertThat(snoozed).isInstanceOf(Deferred.class);
        assertThat(refused)
                .isInstanceOfSatisfying(
                        Ended.class, end -> assertThat(end.orders()).isNull());
    }

    @Test
    void aFlushIsToldOfWhileTheRunGoesOn() throws InterruptedException {
        HeldRuns[] runs = new HeldRuns[1];
        List<Ordered> told = new ArrayList<>();
        runs[0] = new HeldRuns((payload, context) -> {
            order(context);
            context.flush();
            told.addAll(runs[0].ordered());
            return payload;
        });

        JobEvent end = runs[0].runOne();

        assertThat(told).extracting(Ordered::orders).containsExactly(ORDERS);
        assertThat(end)
                .isInstanceOfSatisfying(
                        Ended.class, ended -> assertThat(ended.orders()).isEqualTo(ORDERS));
    }

    @Test
    void aFlushWithoutRedisIsLeftToTheEnd() throws InterruptedException {
        HeldRuns[] runs = new HeldRuns[1];
        runs[0] = new HeldRuns((payload, context) -> {
            order(context);
            runs[0].loseRedis();
            context.flush();
            runs[0].mendRedis();
            return payload;
        });

        JobEvent end = runs[0].runOne();

        assertThat(runs[0].ordered()).isEmpty();
        assertThat(end)
                .isInstanceOfSatisfying(
                        Ended.class, ended -> assertThat(ended.orders()).isEqualTo(ORDERS));
    }

    /** The graph is the result, whatever type the task's results have otherwise. */
    @Test
    void C16_aGraphThatIsReturnedIsToldOfAsOne() throws InterruptedException {
        JobEvent end = run((payload, context) -> Flow.of(Flows.task("t").payload(1)));

        String id = end.job().child("$flow").toString();
        assertThat(end)
                .isInstanceOfSatisfying(
                        Ended.class,
                        ended -> assertThat(ended.result())
                                .isEqualTo("{\"$flow\":{\"root\":{\"task\":\"t\",\"payload\":1}},\"workflowId\":\"" + id
                                        + "\"}"));
    }

    private static JobEvent run(TaskDefinition.Call call) throws InterruptedException {
        return new HeldRuns(call).runOne();
    }

    private static UUID order(TaskContext context) {
        return context.submit(JobOrder.of("t", 1).key("a"));
    }
}
