package dev.millrace.api.record.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.job.EntryId;
import dev.millrace.job.JobError;
import dev.millrace.job.JobEvent;
import dev.millrace.job.JobEvent.Ended;
import dev.millrace.job.JobEvent.Started;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.job.JobStatus;
import dev.millrace.job.JobStatus.LastStart;
import dev.millrace.job.Position;
import dev.millrace.job.Position.Rank;
import dev.millrace.job.Token;
import dev.millrace.testkit.Jobs;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventFoldTest {

    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final JobId JOB = Jobs.id(1);

    @Test
    void I25_makesOneStatusOfWhatLiesBeforeAnEndInWhateverOrderItCame() {
        List<JobEvent> told = List.of(started(JOB, 1), ended(JOB, 1, 2, JobState.SUCCEEDED));

        JobStatus inOrder = only(fold(told));

        assertThat(inOrder.state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(inOrder.started()).isEqualTo(new LastStart(told.getFirst().position(), AT, "w-1"));
        assertThat(only(fold(told.reversed()))).isEqualTo(inOrder);
    }

    @Test
    void I10_keepsApartWhatLiesBehindAnEndThatIsToldAgain() {
        assertThat(states(fold(List.of(ended(JOB, 1, 1, JobState.FAILED), started(JOB, 2)))))
                .containsExactly(JobState.FAILED, JobState.RUNNING);
    }

    @Test
    void I10_writesWhatLiesBehindAnEndAfterItAlsoIfItCameFirst() {
        assertThat(states(fold(List.of(started(JOB, 2), ended(JOB, 1, 1, JobState.FAILED)))))
                .containsExactly(JobState.FAILED, JobState.RUNNING);
    }

    @Test
    void I10_keepsEndsInTheOrderInWhichTheyCameSoThatTheFirstOneStays() {
        Ended late = ended(JOB, 1, 9, JobState.CANCELLED);
        Ended early = ended(JOB, 1, 5, JobState.SUCCEEDED);

        assertThat(states(fold(List.of(late, early)))).containsExactly(JobState.CANCELLED, JobState.SUCCEEDED);
    }

    @Test
    void I25_addsAnEventToTheNextEndBehindIt() {
        List<SequencedMap<JobId, JobStatus>> parts =
                fold(List.of(ended(JOB, 1, 1, JobState.FAILED), started(JOB, 2), ended(JOB, 2, 3, JobState.SUCCEEDED)));

        assertThat(states(parts)).containsExactly(JobState.FAILED, JobState.SUCCEEDED);
        assertThat(status(parts.getFirst()).started()).isNull();
        assertThat(status(parts.getLast()).started()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void I25_makesOnePartOfAnEndHoweverOftenItIsTold(int times) {
        Ended end = ended(JOB, 1, 1, JobState.SUCCEEDED);

        assertThat(states(fold(Collections.nCopies(times, end)))).containsExactly(JobState.SUCCEEDED);
    }

    @Test
    void writesNoMorePartsOfAJobThanItHasEnds() {
        JobId other = Jobs.id(2);

        List<SequencedMap<JobId, JobStatus>> parts = EventFold.of(Map.of(
                other, List.of(started(other, 1)), JOB, List.of(ended(JOB, 1, 1, JobState.FAILED), started(JOB, 2))));

        assertThat(parts.getFirst()).containsOnlyKeys(JOB, other);
        assertThat(parts.getLast()).hasSize(1).containsOnlyKeys(JOB);
    }

    private static List<SequencedMap<JobId, JobStatus>> fold(List<? extends JobEvent> events) {
        return EventFold.of(Map.of(JOB, List.copyOf(events)));
    }

    private static JobStatus only(List<SequencedMap<JobId, JobStatus>> parts) {
        assertThat(parts).hasSize(1);
        return status(parts.getFirst());
    }

    private static List<JobState> states(List<SequencedMap<JobId, JobStatus>> parts) {
        return parts.stream().map(part -> status(part).state()).toList();
    }

    private static JobStatus status(Map<JobId, JobStatus> part) {
        return Objects.requireNonNull(part.get(JOB));
    }

    private static Started started(JobId job, long run) {
        return new Started(job, position(run, Rank.STARTED, run), 1, AT, "w-" + run);
    }

    private static Ended ended(JobId job, long run, long entry, JobState state) {
        JobError error = state == JobState.SUCCEEDED ? null : new JobError("Boom", "bad", null);
        return new Ended(job, position(run, Rank.ENDED, entry), 1, AT, state, null, null, error);
    }

    private static Position position(long run, Rank rank, long entry) {
        return new Position(new Token(1, run, 1), rank, new EntryId(entry, 0));
    }
}
