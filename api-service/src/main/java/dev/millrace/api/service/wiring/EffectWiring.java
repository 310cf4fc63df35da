package dev.millrace.api.service.wiring;

import dev.millrace.api.jobs.deadletter.DeadLetterRows;
import dev.millrace.api.record.attempts.AttemptRows;
import dev.millrace.api.record.job.EndEffects;
import dev.millrace.api.record.orders.NewOrders;
import dev.millrace.api.record.orders.OrderRows;
import dev.millrace.api.workflows.engine.TurnBell;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** What follows the end of a job, in its commit and in this order. */
final class EffectWiring {

    @Produces
    @Singleton
    EndEffects effects(MeterRegistry registry, NewOrders orders, TurnBell bell) {
        return new EndEffects(
                List.of(new AttemptRows(), new DeadLetterRows(registry), new OrderRows(orders::tell), bell));
    }
}
