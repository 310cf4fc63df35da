package dev.millrace.api.record.projection;

import dev.millrace.batch.Halving;
import dev.millrace.job.EntryId;
import dev.millrace.job.JobEvent.Ended;
import dev.millrace.job.Token;
import dev.millrace.postgres.BadData;
import dev.millrace.stream.entries.EventCodec;
import dev.millrace.stream.entries.EventCodec.Decoded;
import dev.millrace.stream.entries.Reading;
import dev.millrace.stream.entries.StreamEntry;
import dev.millrace.stream.groups.GroupMember;
import dev.millrace.stream.groups.StreamConsumer;
import dev.millrace.stream.jobs.Batch;
import dev.millrace.stream.jobs.Recording;
import dev.millrace.stream.jobs.Recording.EndedRun;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Brings events into the record, batch by batch. An entry is acknowledged after its commit and never before: while
 * PostgreSQL or Redis is away, the batch in hand is kept and done again by the next call, and when this process dies
 * another instance claims it. Doing it again changes nothing. For one thread.
 */
final class Projection {

    private static final Logger LOG = Logger.getLogger(Projection.class);

    private final String stream;
    private final StreamConsumer<StreamEntry> consumer;
    private final Recording streams;
    private final ProjectionWriter writer;
    private final ProjectionMeters meters;
    private final CommittedEndsListener listener;

    /** Reads entries as they are: one that nobody can read may end a job all the same. */
    Projection(
            GroupMember member,
            String stream,
            ProjectionConfig config,
            Recording streams,
            ProjectionWriter writer,
            ProjectionMeters meters,
            CommittedEndsListener listener) {
        this.stream = stream;
        this.consumer = member.consumer(stream, config.batch(), config.claimIdle(), Reading.Understood::new);
        this.streams = streams;
        this.writer = writer;
        this.meters = meters;
        this.listener = listener;
    }

    /** Waits up to a second for events and brings them into the record. Returns how many there were. */
    int projectOnce() {
        List<StreamEntry> events = consumer.batch();
        if (events.isEmpty()) {
            meters.idle();
        } else {
            meters.inHand(Instant.ofEpochMilli(events.getFirst().id().millis()));
            meters.committing(() -> commit(events));
            committed(events, endedRuns(events));
        }
        return events.size();
    }

    private void committed(List<StreamEntry> events, List<EndedRun> ended) {
        listener.committed(ended.stream().map(EndedRun::job).toList());
        meters.committed(events.size());
        acknowledge(ids(events), ended);
    }

    private void commit(List<StreamEntry> events) {
        Halving.run(events, BadData.class, some -> write(ProjectionBatch.of(stream, some)), this::quarantine);
    }

    private void quarantine(StreamEntry entry, BadData bad) {
        // Why stands in the quarantine, for it may quote the event.
        LOG.warnf("Event %s cannot be recorded and goes to quarantine.", entry.id());
        ProjectionBatch changes = ProjectionBatch.quarantining(stream, entry, String.valueOf(bad.getMessage()));
        try {
            write(changes);
        } catch (BadData again) {
            LOG.errorf(again, "Not even the end that event %s stands for can be recorded.", entry.id());
            write(changes.withoutEvents());
        }
    }

    private void write(ProjectionBatch changes) {
        meters.wrote(changes, writer.write(changes));
    }

    /** There are never more ends than entries. */
    private void acknowledge(List<EntryId> ids, List<EndedRun> ended) {
        List<List<EntryId>> idParts = Batch.parts(ids);
        List<List<EndedRun>> endedParts = Batch.parts(ended);
        for (int i = 0; i < idParts.size(); i++) {
            streams.projected(idParts.get(i), i < endedParts.size() ? endedParts.get(i) : List.of());
        }
        consumer.acknowledged();
    }

    private static List<EntryId> ids(List<StreamEntry> entries) {
        return entries.stream().map(StreamEntry::id).toList();
    }

    private static List<EndedRun> endedRuns(List<StreamEntry> entries) {
        return entries.stream().flatMap(Projection::endedRun).toList();
    }

    private static Stream<EndedRun> endedRun(StreamEntry entry) {
        return switch (EventCodec.decode(entry)) {
            case Decoded.Malformed malformed ->
                malformed.endedJob().stream().map(job -> run(SubstituteEnd.endOf(entry, job, malformed.reason())));
            case Decoded.Event event -> event.event() instanceof Ended end ? Stream.of(run(end)) : Stream.empty();
            case Decoded.Quarantined taken -> Stream.empty();
        };
    }

    private static EndedRun run(Ended end) {
        Token token = end.position().token();
        return new EndedRun(end.job(), token.epoch(), token.run());
    }
}
