package dev.millrace.api.record.projection;

import dev.millrace.api.record.attempts.FailedAttempt;
import dev.millrace.api.record.job.RecordedEnd;
import dev.millrace.job.JobEvent;
import dev.millrace.job.JobEvent.Deferred;
import dev.millrace.job.JobEvent.Ended;
import dev.millrace.job.JobEvent.Ordered;
import dev.millrace.job.JobEvent.Progressed;
import dev.millrace.job.JobEvent.Queued;
import dev.millrace.job.JobEvent.Started;
import dev.millrace.job.JobId;
import dev.millrace.job.JobStatus;
import dev.millrace.job.Position;
import dev.millrace.stream.entries.EventCodec;
import dev.millrace.stream.entries.EventCodec.Decoded;
import dev.millrace.stream.entries.QuarantineRow;
import dev.millrace.stream.entries.StreamEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private final List<Ended> ends = new ArrayList<>();
    private final List<Ordered> ordered = new ArrayList<>();

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

    /** The one part of a batch of which nothing else is to be written; empty of any other. */
    Optional<SequencedMap<JobId, JobStatus>> onlyPart() {
        List<SequencedMap<JobId, JobStatus>> parts = parts();
        return parts.size() == 1 && ordered.isEmpty() && attempts.isEmpty() && unreadable.isEmpty() && !ordersJobs()
                ? Optional.of(parts.getFirst())
                : Optional.empty();
    }

    /** What runs ordered that went on. */
    List<Ordered> ordered() {
        return ordered;
    }

    private boolean ordersJobs() {
        return ends.stream().anyMatch(end -> end.orders() != null);
    }

    /** Attempts that failed and are followed by another one. */
    List<FailedAttempt> attempts() {
        return attempts;
    }

    /** All ends, also those that the record will not take, in the order of their entries. */
    List<Ended> ends() {
        return ends;
    }

    /** The end of a job that stands there. */
    RecordedEnd end(JobId job, Position position) {
        return events.getOrDefault(job, List.of()).stream()
                .filter(event -> event.position().equals(position))
                .filter(Ended.class::isInstance)
                .map(Ended.class::cast)
                .findFirst()
                .map(ProjectionBatch::recorded)
                .orElseThrow();
    }

    private static RecordedEnd recorded(Ended end) {
        return new RecordedEnd(
                end.job(),
                end.position(),
                end.state(),
                end.attempt(),
                end.at(),
                end.start(),
                end.error(),
                end.orders());
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
                        () -> take(event));
    }

    /** What a run orders says nothing of where its job stands. */
    private void take(JobEvent event) {
        if (event instanceof Ordered orders) {
            ordered.add(orders);
        } else {
            fold(event);
        }
    }

    private void fold(JobEvent event) {
        events.computeIfAbsent(event.job(), job -> new ArrayList<>()).add(event);
        switch (event) {
            case Ended end -> ends.add(end);
            case Deferred deferred -> FailedAttempt.of(deferred).ifPresent(attempts::add);
            case Queued queued -> {}
            case Started started -> {}
            case Progressed progressed -> {}
            case Ordered orders -> {}
        }
    }
}
