package dev.millrace.api.record.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.api.record.job.RecordedEnd;
import dev.millrace.job.EntryId;
import dev.millrace.job.JobError;
import dev.millrace.job.JobEvent.Deferred;
import dev.millrace.job.JobEvent.Ended;
import dev.millrace.job.JobEvent.Start;
import dev.millrace.job.JobEvent.Started;
import dev.millrace.job.JobEvent.Why;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.job.JobStatus;
import dev.millrace.job.Position;
import dev.millrace.job.Position.Rank;
import dev.millrace.job.Token;
import dev.millrace.stream.entries.EventFields;
import dev.millrace.stream.entries.QuarantineRow;
import dev.millrace.stream.entries.StreamEntry;
import dev.millrace.testkit.Jobs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ProjectionBatchTest {

    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final JobId JOB = Jobs.id(1);

    @Test
    void foldsAllEventsOfAJobIntoOneChange() {
        ProjectionBatch batch = batch(
                EventFields.entry(new Started(JOB, position(1, Rank.STARTED, 1), 1, AT, "w-1")),
                EventFields.entry(end(1, 2, JobState.SUCCEEDED)));

        assertThat(batch.parts()).hasSize(1);
        JobStatus change = Objects.requireNonNull(batch.parts().getFirst().get(JOB));
        assertThat(change).returns(JobState.SUCCEEDED, JobStatus::state);
        assertThat(change.started()).isNotNull();
    }

    @Test
    void cutsTheEventsOfAJobAtAnEndThatIsToldAgain() {
        ProjectionBatch batch = batch(
                EventFields.entry(end(1, 1, JobState.FAILED)),
                EventFields.entry(new Started(JOB, position(2, Rank.STARTED, 2), 1, AT, "w-2")));

        assertThat(batch.parts())
                .extracting(part -> Objects.requireNonNull(part.get(JOB)).state())
                .containsExactly(JobState.FAILED, JobState.RUNNING);
    }

    @Test
    void keepsTheJobsOfAPartInTheOrderInWhichRowsAreLocked() {
        ProjectionBatch batch = batch(
                EventFields.entry(new Started(Jobs.id(3), position(1, Rank.STARTED, 1), 1, AT, "w")),
                EventFields.entry(new Started(Jobs.id(2), position(1, Rank.STARTED, 2), 1, AT, "w")));

        SequencedMap<JobId, JobStatus> part = batch.parts().getFirst();
        assertThat(List.copyOf(part.sequencedKeySet())).containsExactly(Jobs.id(2), Jobs.id(3));
    }

    @Test
    void countsOnlyARetryAsAnAttemptThatFailedWithoutAnEnd() {
        ProjectionBatch batch = batch(
                EventFields.entry(deferred(1, Why.RETRY)),
                EventFields.entry(deferred(2, Why.SNOOZE)),
                EventFields.entry(end(1, 3, JobState.FAILED)));

        assertThat(batch.attempts()).hasSize(1);
        assertThat(batch.attempts().getFirst().attempt()).isEqualTo(1);
    }

    @Test
    void tellsOfAnEndWhatItsEventSaid() {
        Ended end = end(1, 1, JobState.FAILED);

        RecordedEnd recorded = batch(EventFields.entry(end)).end(JOB, end.position());

        assertThat(recorded.failed()).isTrue();
        assertThat(recorded.start()).isEqualTo(end.start());
        assertThat(recorded.error()).hasToString(String.valueOf(end.error()));
    }

    @Test
    void I27_anEntryThatNobodyCanReadGoesToQuarantineAndEndsItsJob() {
        Map<String, String> fields = new TreeMap<>(EventFields.of(end(1, 1, JobState.SUCCEEDED)));
        fields.put("at", "nonsense");

        ProjectionBatch batch = batch(new StreamEntry(new EntryId(1, 0), fields));

        assertThat(batch.unreadable()).hasSize(1);
        assertThat(batch.parts().getFirst().get(JOB)).returns(JobState.FAILED, JobStatus::state);
        assertThat(batch.ends()).hasSize(1);
    }

    @Test
    void I27_anEntryOfNobodyGoesToQuarantineAlone() {
        ProjectionBatch batch = batch(new StreamEntry(new EntryId(1, 0), Map.of("type", "NONSENSE")));

        assertThat(batch.unreadable()).extracting(QuarantineRow::entry).containsExactly(new EntryId(1, 0));
        assertThat(batch.parts()).isEmpty();
        assertThat(batch.ends()).isEmpty();
    }

    private static ProjectionBatch batch(StreamEntry... entries) {
        return ProjectionBatch.of("events", List.of(entries));
    }

    private static Ended end(long run, long at, JobState state) {
        JobError error = state == JobState.SUCCEEDED ? null : new JobError("Boom", "bad", null);
        return new Ended(
                JOB,
                position(run, Rank.ENDED, at),
                1,
                AT,
                state,
                new Start(AT, "w-1", Duration.ofMillis(3)),
                null,
                error);
    }

    private static Deferred deferred(long at, Why why) {
        return new Deferred(
                JOB,
                position(1, Rank.DEFERRED, at),
                2,
                AT,
                why,
                AT.plusSeconds(1),
                new Start(AT, "w-1", Duration.ofMillis(3)),
                null);
    }

    private static Position position(long run, Rank rank, long at) {
        return new Position(new Token(1, run, 1), rank, new EntryId(at, 0));
    }
}
