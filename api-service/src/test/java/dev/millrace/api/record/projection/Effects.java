package dev.millrace.api.record.projection;

import dev.millrace.api.jobs.deadletter.DeadLetterRows;
import dev.millrace.api.record.attempts.AttemptRows;
import dev.millrace.api.record.job.EndEffects;
import dev.millrace.api.record.orders.OrderRows;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;

/** What follows an end, as the service has it. */
final class Effects {

    static final EndEffects ALL = new EndEffects(
            List.of(new AttemptRows(), new DeadLetterRows(new SimpleMeterRegistry()), new OrderRows(() -> {})));

    private Effects() {}
}
