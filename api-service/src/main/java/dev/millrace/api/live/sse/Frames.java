package dev.millrace.api.live.sse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.api.live.sse.CloudEvent.JobProgress;
import dev.millrace.api.record.job.JobRow;
import dev.millrace.api.record.query.JobDocument;
import dev.millrace.api.record.query.Redaction;
import dev.millrace.job.EntryId;
import dev.millrace.job.JobEvent;
import dev.millrace.job.JobEvent.Deferred;
import dev.millrace.job.JobEvent.Progressed;
import dev.millrace.job.JobEvent.Why;
import dev.millrace.job.JobStatus.End;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Writes the events that clients receive, with what each of them is shown. */
@Singleton
public final class Frames {

    private final ObjectMapper json;
    private final InstantSource clock;

    public Frames(ObjectMapper json, InstantSource clock) {
        this.json = json;
        this.clock = clock;
    }

    public Frame snapshot(EntryId position, JobRow row, Redaction redaction) {
        String id = ResumeId.ofSnapshot(position);
        return frame(
                "snapshot", CloudEvent.ofJob(id, JobDocument.of(row, clock.instant(), redaction), clock.instant()));
    }

    /** State or progress. */
    public Frame change(EntryId entry, JobEvent change, JobRow after, Redaction redaction) {
        String id = entry.toString();
        return change instanceof Progressed progressed
                ? frame("progress", CloudEvent.ofProgress(id, progress(progressed)))
                : frame("state", state(id, change, JobDocument.of(after, change.at(), redaction)));
    }

    /** A job that its task put off is distinguished from one with a time that was set. */
    private static CloudEvent state(String id, JobEvent change, JobDocument after) {
        return change instanceof Deferred deferred && deferred.why() == Why.SNOOZE
                ? CloudEvent.ofSnooze(id, after, change.at())
                : CloudEvent.ofJob(id, after, change.at());
    }

    /** Of a row that has ended. */
    public Frame done(JobRow row, Redaction redaction) {
        End end = row.status().ended();
        if (end == null) {
            throw new IllegalArgumentException("Job " + row.id() + " has not ended, so there is no end to send.");
        }
        return frame("done", CloudEvent.ofJob(doneId(end), JobDocument.of(row, end.at(), redaction), end.at()));
    }

    /** The id by which a client says that it has received this end; null while there is none. */
    public static @Nullable String doneId(JobRow row) {
        End end = row.status().ended();
        return end == null ? null : doneId(end);
    }

    private static String doneId(End end) {
        return end.position().event().toString();
    }

    private static JobProgress progress(Progressed event) {
        return JobProgress.of(event.job(), JobDocument.Progress.of(event.progress()), event.at());
    }

    private Frame frame(String name, CloudEvent event) {
        try {
            return new Frame(event.id(), name, json.writeValueAsString(event));
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("The event of " + event.subject() + " cannot be written.", broken);
        }
    }
}
