package dev.millrace.api.record.projection;

import dev.millrace.job.JobEvent;
import dev.millrace.job.JobEvent.Ended;
import dev.millrace.job.JobId;
import dev.millrace.job.JobStatus;
import dev.millrace.stream.entries.EventCodec;
import dev.millrace.stream.entries.EventCodec.Decoded;
import dev.millrace.stream.entries.QuarantineRow;
import dev.millrace.stream.entries.StreamEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * What a batch of entries does to the record. Each job's events are folded to a {@link JobStatus} as if it were just
 * born, to several where it ended in between: the fold does not depend on how events are grouped, so folding these into
 * the row is folding all of them.
 */
final class ProjectionBatch {

    private final Map<JobId, List<JobEvent>> events = new TreeMap<>();
    private final List<QuarantineRow> unreadable = new ArrayList<>();
    private final List<FailedAttempt> attempts = new ArrayList<>();

    static ProjectionBatch of(String stream, List<StreamEntry> entries) {
        ProjectionBatch changes = new ProjectionBatch();
        entries.forEach(entry -> changes.add(stream, entry));
        return changes;
    }

    /** Of one entry that PostgreSQL would not take. */
    static ProjectionBatch quarantining(String stream, StreamEntry entry, String reason) {
        ProjectionBatch changes = new ProjectionBatch();
        if (EventCodec.decode(entry) instanceof Decoded.Event event && event.event() instanceof Ended end) {
            changes.fold(SubstituteEnd.endOf(entry, end.job(), reason));
        }
        changes.unreadable.add(QuarantineRow.of(stream, entry, reason));
        return changes;
    }

    /** The same, without its end, which PostgreSQL would not take either. */
    ProjectionBatch withoutEvents() {
        ProjectionBatch changes = new ProjectionBatch();
        changes.unreadable.addAll(unreadable);
        return changes;
    }

    /** To be written one after the other. */
    List<SequencedMap<JobId, JobStatus>> parts() {
        return EventFold.of(events);
    }

    List<FailedAttempt> attempts() {
        return attempts;
    }

    List<QuarantineRow> unreadable() {
        return unreadable;
    }

    private void add(String stream, StreamEntry entry) {
        switch (EventCodec.decode(entry)) {
            case Decoded.Event event -> add(stream, entry, event.event());
            case Decoded.Quarantined taken ->
                unreadable.add(new QuarantineRow(taken.stream(), taken.entry(), taken.reason(), taken.bytes()));
            case Decoded.Malformed malformed -> {
                unreadable.add(QuarantineRow.of(stream, entry, malformed.reason()));
                malformed.endedJob().ifPresent(job -> fold(SubstituteEnd.endOf(entry, job, malformed.reason())));
            }
        }
    }

    private void add(String stream, StreamEntry entry, JobEvent event) {
        EventValidator.objection(event)
                .ifPresentOrElse(
                        objection -> {
                            unreadable.add(QuarantineRow.of(stream, entry, objection));
                            if (event instanceof Ended) {
                                fold(SubstituteEnd.endOf(entry, event.job(), objection));
                            }
                        },
                        () -> fold(event));
    }

    private void fold(JobEvent event) {
        events.computeIfAbsent(event.job(), job -> new ArrayList<>()).add(event);
        FailedAttempt.of(event).ifPresent(attempts::add);
    }
}
