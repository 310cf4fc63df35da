package dev.millrace.worker.settle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.job.JobError;
import dev.millrace.job.JobEvent.Why;
import dev.millrace.job.JobState;
import dev.millrace.retry.Backoff;
import dev.millrace.retry.BackoffType;
import dev.millrace.retry.Jitter;
import dev.millrace.retry.RetryPolicy;
import dev.millrace.task.PermanentFailure;
import dev.millrace.task.RetryLater;
import dev.millrace.task.Snooze;
import dev.millrace.task.SoftTimeLimitExceeded;
import dev.millrace.worker.held.StopSignal.Reason;
import dev.millrace.worker.registry.RetryTypes;
import dev.millrace.worker.settle.Outcome.Failed;
import dev.millrace.worker.settle.Outcome.Succeeded;
import dev.millrace.worker.settle.Outcome.TimedOut;
import dev.millrace.worker.settle.Verdict.Back;
import dev.millrace.worker.settle.Verdict.End;
import dev.millrace.worker.settle.Verdict.Later;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class VerdictTest {

    private static final JobError ERROR = new JobError("T", "m", null);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final RetryPolicy THREE =
            new RetryPolicy(3, new Backoff(BackoffType.EXPONENTIAL, Duration.ofSeconds(1), 2, MINUTE, Jitter.NONE));

    @Test
    void I15_waitsItsBackOffAfterEachFailureButTheLast() {
        assertThat(failed(new IOException("down"), 1)).isEqualTo(retry(Duration.ofSeconds(1)));
        assertThat(failed(new IOException("down"), 2)).isEqualTo(retry(Duration.ofSeconds(2)));
        assertThat(failed(new IOException("down"), 3)).isEqualTo(end(JobState.FAILED));
        assertThat(failed(new IOException("down"), 4)).isEqualTo(end(JobState.FAILED));
    }

    @Test
    void waitsAsLongAsTheTaskAsks() {
        assertThat(failed(new RetryLater(MINUTE), 1)).isEqualTo(retry(MINUTE));
        assertThat(failed(new RetryLater("busy", null, null), 2)).isEqualTo(retry(Duration.ofSeconds(2)));
        assertThat(failed(new RetryLater(MINUTE), 3)).isEqualTo(end(JobState.FAILED));
    }

    @Test
    void countsNoAttemptForASnooze() {
        assertThat(failed(new Snooze(MINUTE), 3)).isEqualTo(new Later(Why.SNOOZE, MINUTE, null));
    }

    @Test
    void endsAtOnceWhatIsInVain() {
        assertThat(failed(new PermanentFailure("gone"), 1)).isEqualTo(end(JobState.FAILED));
    }

    @Test
    void letsTheListsOfTheTaskDecide() {
        RetryTypes types = new RetryTypes(List.of(IOException.class), List.of(FileNotFoundException.class));
        assertThat(verdict(new IOException("x"), types, Set.of())).isInstanceOf(Later.class);
        assertThat(verdict(new FileNotFoundException("x"), types, Set.of())).isEqualTo(end(JobState.FAILED));
        assertThat(verdict(new IllegalStateException("x"), types, Set.of())).isEqualTo(end(JobState.FAILED));
        assertThat(verdict(new RetryLater(MINUTE), types, Set.of())).isEqualTo(retry(MINUTE));
        assertThat(verdict(new StackOverflowError(), RetryTypes.ALL, Set.of())).isInstanceOf(Later.class);
    }

    @Test
    void neverDefersATimeOut() {
        assertThat(Verdict.of(new TimedOut(ERROR), 1, THREE, Set.of(Reason.SOFT_LIMIT), new SplittableRandom(1)))
                .isEqualTo(end(JobState.TIMED_OUT));
    }

    @Test
    void I18_endsTimedOutWhateverComesOfTheSoftLimit() {
        Set<Reason> soft = Set.of(Reason.SOFT_LIMIT);
        for (Throwable thrown : List.of(
                new SoftTimeLimitExceeded(MINUTE), new InterruptedException(), new IOException("socket closed"))) {
            assertThat(verdict(thrown, RetryTypes.ALL, soft)).isEqualTo(end(JobState.TIMED_OUT));
        }
        assertThat(verdict(new RetryLater(MINUTE), RetryTypes.ALL, soft)).isEqualTo(retry(MINUTE));
        assertThat(verdict(new PermanentFailure("x"), RetryTypes.ALL, soft)).isEqualTo(end(JobState.FAILED));
    }

    @Test
    void I17_endsCancelledWhateverACancelledRunThrows() {
        Set<Reason> cancelled = Set.of(Reason.CANCELLED, Reason.SOFT_LIMIT);
        for (Throwable thrown : List.of(
                new InterruptedException(), new Snooze(MINUTE), new RetryLater(MINUTE), new PermanentFailure("x"))) {
            assertThat(verdict(thrown, RetryTypes.ALL, cancelled)).isEqualTo(end(JobState.CANCELLED));
        }
        assertThat(Verdict.of(new TimedOut(ERROR), 1, THREE, cancelled, new SplittableRandom(1)))
                .isEqualTo(end(JobState.CANCELLED));
    }

    @Test
    void I17_leavesASuccessThatCameBeforeTheCancel() {
        assertThat(Verdict.of(new Succeeded("1"), 1, THREE, Set.of(Reason.CANCELLED), new SplittableRandom(1)))
                .isEqualTo(new End(JobState.SUCCEEDED, "1", null));
    }

    @Test
    void givesBackWhatItStoppedBecauseItsLeaseWasInDoubt() {
        Set<Reason> doubt = Set.of(Reason.LEASE_IN_DOUBT);
        assertThat(verdict(new InterruptedException(), RetryTypes.ALL, doubt)).isEqualTo(new Back());
        assertThat(verdict(new PermanentFailure("x"), RetryTypes.ALL, doubt)).isEqualTo(end(JobState.FAILED));
    }

    private static Verdict failed(Throwable thrown, int attempt) {
        Failed failed = new Failed(ERROR, RetryAdvice.after(thrown, RetryTypes.ALL));
        return Verdict.of(failed, attempt, THREE, Set.of(), new SplittableRandom(1));
    }

    private static Verdict verdict(Throwable thrown, RetryTypes types, Set<Reason> asked) {
        return Verdict.of(
                new Failed(ERROR, RetryAdvice.after(thrown, types)), 1, THREE, asked, new SplittableRandom(1));
    }

    private static Later retry(Duration delay) {
        return new Later(Why.RETRY, delay, ERROR);
    }

    private static End end(JobState state) {
        return new End(state, null, ERROR);
    }
}
