package dev.millrace.api.record.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.api.record.job.JobDetails;
import dev.millrace.api.record.job.JobRow;
import dev.millrace.job.EntryId;
import dev.millrace.job.JobEvent;
import dev.millrace.job.JobEvent.Ended;
import dev.millrace.job.JobEvent.Start;
import dev.millrace.job.JobEvent.Started;
import dev.millrace.job.JobId;
import dev.millrace.job.JobSpec;
import dev.millrace.job.JobState;
import dev.millrace.job.JobStatus;
import dev.millrace.job.Position;
import dev.millrace.job.Position.Rank;
import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import dev.millrace.job.Token;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class JobDocumentTest {

    private static final Instant START = Instant.parse("2026-05-05T05:05:05Z");

    private static final JobSpec SPEC = JobSpec.of(new TaskName("demo.echo"), new QueueName("default"), "default", "1");

    private final JobRow queued = new JobRow(
            new JobId(UUID.randomUUID()),
            new JobDetails(SPEC, 5, 4, List.of(), "{}", null, null, null),
            START.minusMillis(12),
            null,
            null,
            1,
            1,
            JobStatus.created(JobState.QUEUED));
    private final JobRow running = queued.after(new Started(queued.id(), position(Rank.STARTED), 1, START, "w-1"));

    @Test
    void tellsHowLongAJobHasRunSoFar() {
        JobDocument job = JobDocument.of(running, START.plusMillis(845), Redaction.NONE);

        assertThat(job.durationMs()).isEqualTo(845);
        assertThat(job.waitMs()).isEqualTo(12);
    }

    @Test
    void tellsHowLongAnEndedJobRanAndNotHowLongAgoItBegan() {
        Start start = new Start(START, "w-1", Duration.ofMillis(5));
        JobEvent end = new Ended(
                queued.id(), position(Rank.ENDED), 1, START.plusMillis(6), JobState.SUCCEEDED, start, "1", null);

        assertThat(JobDocument.of(running.after(end), START.plusSeconds(60), Redaction.NONE)
                        .durationMs())
                .isEqualTo(5);
    }

    @Test
    void tellsWhenTheResultOfAnEndedJobGoesIfItAskedForThat() {
        JobDetails shortly = new JobDetails(SPEC, 5, 4, List.of(), "{}", null, Duration.ofHours(1), null);
        JobRow waiting = new JobRow(queued.id(), shortly, START, null, null, 1, 1, JobStatus.created(JobState.QUEUED));
        JobEvent end = new Ended(queued.id(), position(Rank.ENDED), 1, START, JobState.SUCCEEDED, null, "1", null);

        assertThat(JobDocument.of(waiting.after(end), START, Redaction.NONE).resultExpiresAt())
                .isEqualTo(START.plusSeconds(3600));
        assertThat(JobDocument.of(waiting, START, Redaction.NONE).resultExpiresAt())
                .isNull();
        assertThat(JobDocument.of(queued.after(end), START, Redaction.NONE).resultExpiresAt())
                .isNull();
    }

    @Test
    void tellsNoDurationOfAJobThatWaits() {
        assertThat(JobDocument.of(queued, START, Redaction.NONE).durationMs()).isNull();
    }

    @Test
    void tellsNoDurationBelowZeroWhenItsClockIsBehind() {
        assertThat(JobDocument.of(running, START.minusMillis(3), Redaction.NONE).durationMs())
                .isZero();
    }

    private static Position position(Rank rank) {
        return new Position(new Token(1, 1, 1), rank, new EntryId(1, rank.ordinal()));
    }
}
