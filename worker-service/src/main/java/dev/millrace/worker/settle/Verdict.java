package dev.millrace.worker.settle;

import dev.millrace.job.JobError;
import dev.millrace.job.JobEvent.Why;
import dev.millrace.job.JobState;
import dev.millrace.retry.RetryPolicy;
import dev.millrace.worker.held.StopSignal.Reason;
import dev.millrace.worker.settle.Outcome.Failed;
import dev.millrace.worker.settle.Outcome.Succeeded;
import dev.millrace.worker.settle.Outcome.TimedOut;
import dev.millrace.worker.settle.RetryAdvice.Default;
import dev.millrace.worker.settle.RetryAdvice.Never;
import dev.millrace.worker.settle.RetryAdvice.Retry;
import dev.millrace.worker.settle.RetryAdvice.Snooze;
import java.time.Duration;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a job after a run. Redis has the last word: of a job that was flagged for cancel it makes CANCELLED
 * whatever is no success.
 */
public sealed interface Verdict {

    /**
     * It ends for good.
     *
     * @param orders what is made if that is recorded; null for nothing, as for every end without success
     */
    record End(
            JobState state,
            @Nullable String result,
            @Nullable JobError error,
            @Nullable String orders) implements Verdict {

        /** An end of a run whose orders, if it had any, come to nothing. */
        public End(JobState state, @Nullable String result, @Nullable JobError error) {
            this(state, result, error, null);
        }
    }

    /** It runs again after a delay. */
    record Later(Why why, Duration delay, @Nullable JobError error) implements Verdict {}

    /** It goes back to its queue as if it had not run here. */
    record Back() implements Verdict {}

    /**
     * Decides, from nothing but what is given.
     *
     * @param asked why the run was asked to come to an end before it did
     */
    static Verdict of(Outcome outcome, int attempt, RetryPolicy policy, Set<Reason> asked, RandomGenerator random) {
        return switch (outcome) {
            case Succeeded succeeded -> new End(JobState.SUCCEEDED, succeeded.result(), null, succeeded.orders());
            case TimedOut late -> cancelledOr(JobState.TIMED_OUT, late.error(), asked);
            case Failed failed -> afterFailure(failed, attempt, policy, asked, random);
        };
    }

    private static Verdict afterFailure(
            Failed failed, int attempt, RetryPolicy policy, Set<Reason> asked, RandomGenerator random) {
        if (asked.contains(Reason.CANCELLED)) {
            return new End(JobState.CANCELLED, null, failed.error());
        }
        return switch (failed.advice()) {
            case Snooze snooze -> new Later(Why.SNOOZE, snooze.delay(), null);
            case Retry wanted -> retry(failed.error(), wanted.delay(), attempt, policy, random);
            case Never never -> new End(JobState.FAILED, null, failed.error());
            case Default byDefault -> byDefault(byDefault, failed.error(), attempt, policy, asked, random);
        };
    }

    /** Whatever a run throws after it was asked to stop may come from that, however it is wrapped. */
    private static Verdict byDefault(
            Default advice,
            JobError error,
            int attempt,
            RetryPolicy policy,
            Set<Reason> asked,
            RandomGenerator random) {
        if (asked.contains(Reason.LEASE_IN_DOUBT)) {
            return new Back();
        }
        if (asked.contains(Reason.SOFT_LIMIT)) {
            return new End(JobState.TIMED_OUT, null, error);
        }
        return advice.allowed() ? retry(error, null, attempt, policy, random) : new End(JobState.FAILED, null, error);
    }

    private static Verdict retry(
            JobError error, @Nullable Duration delay, int attempt, RetryPolicy policy, RandomGenerator random) {
        if (!policy.allowsAfter(attempt)) {
            return new End(JobState.FAILED, null, error);
        }
        Duration wait = delay == null ? policy.backoff().delayAfter(attempt, random) : delay;
        return new Later(Why.RETRY, wait, error);
    }

    private static Verdict cancelledOr(JobState state, JobError error, Set<Reason> asked) {
        return new End(asked.contains(Reason.CANCELLED) ? JobState.CANCELLED : state, null, error);
    }
}
