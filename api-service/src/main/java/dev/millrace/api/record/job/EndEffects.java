package dev.millrace.api.record.job;

import dev.millrace.job.JobEvent.Ordered;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.postgres.Tx;
import java.util.Collection;
import java.util.List;

/** All effects of ends, in their order. Whoever ends rows or reopens them has to call it in the same transaction. */
public final class EndEffects implements EndEffect {

    private final List<EndEffect> effects;

    public EndEffects(List<EndEffect> effects) {
        this.effects = List.copyOf(effects);
    }

    @Override
    public Runnable ended(Tx tx, List<RecordedEnd> ends) {
        if (ends.isEmpty()) {
            return NOTHING;
        }
        return allOf(effects.stream().map(effect -> effect.ended(tx, ends)).toList());
    }

    @Override
    public Runnable ordered(Tx tx, List<Ordered> orders) {
        return orders.isEmpty()
                ? NOTHING
                : allOf(effects.stream()
                        .map(effect -> effect.ordered(tx, orders))
                        .toList());
    }

    private static Runnable allOf(List<Runnable> afterCommit) {
        return () -> afterCommit.forEach(Runnable::run);
    }

    @Override
    public boolean follows(JobState state) {
        return effects.stream().anyMatch(effect -> effect.follows(state));
    }

    @Override
    public void reopened(Tx tx, Collection<JobId> jobs) {
        if (!jobs.isEmpty()) {
            effects.forEach(effect -> effect.reopened(tx, jobs));
        }
    }
}
