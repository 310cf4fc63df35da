package dev.millrace.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.job.Histories.Requeued;
import dev.millrace.job.JobEvent.Deferred;
import dev.millrace.job.JobEvent.Ended;
import dev.millrace.job.JobEvent.Queued;
import dev.millrace.job.JobEvent.Start;
import dev.millrace.job.JobEvent.Started;
import dev.millrace.job.JobEvent.Why;
import dev.millrace.job.Position.Rank;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobStatusTest {

    private static final JobId JOB = new JobId(new UUID(1, 2));
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    @RepeatedTest(500)
    void I25_isEqualForEveryOrderAndRepetitionOfAHistory(RepetitionInfo repetition) {
        Histories histories = new Histories(repetition.getCurrentRepetition());
        List<JobEvent> history = histories.of(JOB);

        assertThat(fold(histories.disturbed(history))).isEqualTo(fold(history));
    }

    @RepeatedTest(200)
    void I10_doesNotChangeAfterAnEndExceptByFurtherStartsAndProgress(RepetitionInfo repetition) {
        Histories histories = new Histories(repetition.getCurrentRepetition());
        Ended end = histories.end(JOB);
        JobStatus ended = JobStatus.created(JobState.QUEUED).after(end);

        JobStatus later = histories.of(JOB).stream().reduce(ended, JobStatus::after, (one, other) -> other);

        assertThat(later.state()).isEqualTo(end.state());
        assertThat(later.position()).isEqualTo(end.position());
        assertThat(later.ended()).isEqualTo(ended.ended());
    }

    @RepeatedTest(200)
    void I25_isEqualForEveryOrderOfWhatComesAfterARequeueAndOfWhatComesLate(RepetitionInfo repetition) {
        Histories histories = new Histories(repetition.getCurrentRepetition());
        Requeued story = histories.requeued(JOB);
        JobStatus requeued = fold(story.before()).requeued();

        List<JobEvent> all = histories.disturbed(story.all());

        assertThat(fold(requeued, all)).isEqualTo(fold(requeued, story.after()));
    }

    @RepeatedTest(100)
    void I10_whatComesLateOfAnEarlierRunNeitherChangesNorEndsTheNewOne(RepetitionInfo repetition) {
        Histories histories = new Histories(repetition.getCurrentRepetition());
        Requeued story = histories.requeued(JOB);
        JobStatus requeued = fold(story.before()).requeued();

        assertThat(fold(requeued, histories.disturbed(story.before()))).isEqualTo(requeued);
        assertThat(requeued.after(histories.endBefore(JOB, requeued.supersededUpTo())))
                .isEqualTo(requeued);
    }

    @Test
    void isNotMadeOfPartsThatDisagree() {
        JobStatus queued = JobStatus.created(JobState.QUEUED);

        assertThatThrownBy(() -> JobStatus.created(JobState.SUCCEEDED)).hasMessageContaining("has an end");
        assertThatThrownBy(() -> queued.dueAt(Instant.EPOCH)).hasMessageContaining("QUEUED waits for a time");
    }

    @Test
    void I10_isOnlyRequeuedAfterItsEnd() {
        assertThatThrownBy(() -> JobStatus.created(JobState.QUEUED).requeued())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("QUEUED");
    }

    @Test
    void I9_keepsTheEndThatCameFirst() {
        Histories histories = new Histories(7);
        Ended first = histories.end(JOB);

        JobStatus status = JobStatus.created(JobState.QUEUED).after(first).after(histories.end(JOB));

        assertThat(status.state()).isEqualTo(first.state());
        assertThat(status.position()).isEqualTo(first.position());
    }

    @Test
    void letsALaterDispatchWinOverAnEarlierStart() {
        Queued again = new Queued(JOB, position(2, 0, Rank.QUEUED, 1), 1, AT);
        Started late = new Started(JOB, position(1, 3, Rank.STARTED, 9), 1, AT, "w");

        JobStatus status = JobStatus.created(JobState.QUEUED).after(again).after(late);

        assertThat(status.state()).isEqualTo(JobState.QUEUED);
        assertThat(status.started()).isNotNull();
    }

    @ParameterizedTest
    @EnumSource(Why.class)
    void keepsTheNextTimeOfAJobThatWaitsForIt(Why why) {
        Instant due = AT.plusSeconds(9);
        JobEvent deferred = deferred(why, due);
        JobStatus waiting = JobStatus.created(JobState.QUEUED).after(deferred);
        assertThat(waiting.state()).isEqualTo(why == Why.RETRY ? JobState.RETRYING : JobState.SCHEDULED);
        assertThat(waiting).returns(due, JobStatus::due).returns(2, JobStatus::attempt);

        JobStatus released = waiting.after(new Queued(JOB, position(2, 0, Rank.QUEUED, 9), 2, AT));
        assertThat(released).returns(JobState.QUEUED, JobStatus::state).returns(null, JobStatus::due);
        assertThat(released.after(deferred)).isEqualTo(released);
    }

    @Test
    void learnsOfAStartFromTheDeferralThatClosedTheRun() {
        JobStatus status = JobStatus.created(JobState.QUEUED).after(deferred(Why.RETRY, AT));
        assertThat(status.started()).isNotNull().returns("w", started -> started.worker());
    }

    @Test
    void aStartStandsAsItWasToldFirstUntilALaterOne() {
        Started first = started(1, 1, AT);
        Started repeated = started(1, 7, AT.plusMillis(4));
        Started takenOver = started(2, 8, AT.plusSeconds(9));
        Start measured = new Start(AT.plusMillis(3), "w", Duration.ofSeconds(1));
        Ended end = new Ended(JOB, position(1, 1, Rank.ENDED, 9), 1, AT, JobState.SUCCEEDED, measured, null, null);

        assertThat(startAfter(first, repeated, end)).isEqualTo(AT);
        assertThat(startAfter(end, repeated, first)).isEqualTo(AT);
        assertThat(startAfter(first, takenOver, repeated)).isEqualTo(takenOver.at());
        assertThat(startAfter(end)).isEqualTo(measured.at());
    }

    private static Started started(int delivery, long millis, Instant at) {
        return new Started(JOB, position(1, delivery, Rank.STARTED, millis), 1, at, "w");
    }

    private static Instant startAfter(JobEvent... events) {
        return Objects.requireNonNull(fold(List.of(events)).started()).at();
    }

    private static JobEvent deferred(Why why, Instant due) {
        Start start = new Start(AT, "w", Duration.ofMillis(3));
        return new Deferred(JOB, position(1, 1, Rank.DEFERRED, 5), 2, AT, why, due, start, null);
    }

    @Test
    void ordersPackedPositionsAsPositions() {
        Histories histories = new Histories(3);
        List<Position> positions =
                histories.of(JOB).stream().map(JobEvent::position).toList();

        for (Position one : positions) {
            for (Position other : positions) {
                assertThat(Integer.signum(Arrays.compareUnsigned(one.packed(), other.packed())))
                        .isEqualTo(Integer.signum(one.compareTo(other)));
            }
            assertThat(Position.unpack(one.packed())).isEqualTo(one);
        }
    }

    private static JobStatus fold(List<JobEvent> events) {
        return fold(JobStatus.created(JobState.QUEUED), events);
    }

    private static JobStatus fold(JobStatus from, List<JobEvent> events) {
        return events.stream().reduce(from, JobStatus::after, (one, other) -> other);
    }

    private static Position position(long run, int delivery, Rank rank, long millis) {
        return new Position(new Token(1, run, delivery), rank, new EntryId(millis, 0));
    }
}
