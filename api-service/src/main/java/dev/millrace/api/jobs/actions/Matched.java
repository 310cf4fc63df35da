package dev.millrace.api.jobs.actions;

import dev.millrace.api.record.query.Counts;
import dev.millrace.api.record.query.JobFilter;
import dev.millrace.api.record.query.JobIdPage;
import dev.millrace.api.record.query.PageCursor;
import dev.millrace.job.JobState;
import dev.millrace.postgres.Tx;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many jobs an action would find now.
 *
 * @param complete whether these are all; the rest was not looked at
 */
@RegisterForReflection
public record Matched(long matched, boolean complete) {

    /** How many times it looks at {@code 2,000} jobs. */
    private static final int MOST_LOOKS = 50;

    /** Null if they are not all. */
    @Nullable
    Long exact() {
        return complete ? matched : null;
    }

    static Matched of(Tx tx, ActionRequest asked) {
        Selector selector = asked.selector();
        return selector == null ? named(asked) : found(tx, asked.kind(), selector);
    }

    private static Matched named(ActionRequest asked) {
        return new Matched(asked.ids() == null ? 0 : asked.ids().size(), true);
    }

    private static Matched found(Tx tx, Kind kind, Selector selector) {
        long matched = 0;
        int looks = 0;
        List<JobState> states = kind.states(selector).toList();
        for (JobState state : states) {
            JobFilter filter = selector.in(state);
            PageCursor next = null;
            do {
                if (looks++ == MOST_LOOKS) {
                    return new Matched(matched, false);
                }
                Counts counts = JobIdPage.count(tx, filter, next);
                matched += counts.byState().getOrDefault(state, 0L);
                next = counts.next();
            } while (next != null);
        }
        return new Matched(matched, true);
    }
}
