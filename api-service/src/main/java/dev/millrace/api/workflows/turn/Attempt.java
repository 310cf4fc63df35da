package dev.millrace.api.workflows.turn;

import dev.millrace.retry.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How often a workflow was tried since somebody last asked for it. Between two attempts it has not ended, whatever became of its nodes.
 *
 * @param number from 1
 * @param policy how often and when it goes on from what failed by itself; null for never
 * @param next when it does; null unless this attempt has failed
 */
public record Attempt(
        int number, @Nullable RetryPolicy policy, @Nullable Instant next) {

    /** Of what is not tried again by itself. */
    public static final Attempt ONLY = new Attempt(1, null, null);

    /** Whether the next one is to begin. */
    public boolean isOver(Instant now) {
        return next != null && !next.isAfter(now);
    }

    /** Whether the next one is waited for. */
    boolean waits() {
        return next != null;
    }

    /** As one that has failed, if another one follows; else the same. A turn that is done again says the same time. */
    Attempt failed(UUID workflow, Instant now) {
        if (policy == null || !policy.allowsAfter(number)) {
            return this;
        }
        SplittableRandom random = new SplittableRandom(workflow.getLeastSignificantBits() + number);
        Duration wait = policy.backoff().delayAfter(number, random);
        return new Attempt(number, policy, now.plus(wait));
    }

    /** As the last one, whether it has failed or not. */
    Attempt last() {
        return new Attempt(number, null, null);
    }
}
