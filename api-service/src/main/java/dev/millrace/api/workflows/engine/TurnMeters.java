package dev.millrace.api.workflows.engine;

import dev.millrace.api.workflows.turn.WorkflowState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** Measures turns, and how workflows end. */
@Singleton
public class TurnMeters {

    private final Map<WorkflowState, Counter> ended = new EnumMap<>(WorkflowState.class);
    private final Timer turns;
    private final Counter members;
    private final Counter broken;
    private final Counter drift;

    public TurnMeters(MeterRegistry registry) {
        for (WorkflowState state : WorkflowState.values()) {
            if (state.ended()) {
                ended.put(
                        state,
                        Counter.builder("millrace_workflow_ended")
                                .tag("outcome", state.name().toLowerCase(Locale.ROOT))
                                .description("Workflows that have ended")
                                .register(registry));
            }
        }
        this.turns = Timer.builder("millrace_workflow_turn")
                .description("How long a transaction took that moved workflows")
                .register(registry);
        this.members = Counter.builder("millrace_workflow_members")
                .description("Jobs that workflows have had made")
                .register(registry);
        this.drift = Counter.builder("millrace_workflow_drift")
                .description("Steps of workflows that had not counted what became of their members")
                .register(registry);
        this.broken = Counter.builder("millrace_workflow_broken")
                .description("Workflows that were ended because their turns failed")
                .register(registry);
    }

    <T> T turning(Supplier<T> work) {
        return turns.record(work);
    }

    void made(int jobs) {
        members.increment(jobs);
    }

    void ended(WorkflowState outcome) {
        Objects.requireNonNull(ended.get(outcome), "It is a state in which workflows end.")
                .increment();
    }

    void drifted(int nodes) {
        drift.increment(nodes);
    }

    void broken() {
        broken.increment();
    }
}
