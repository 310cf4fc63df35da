package dev.millrace.api.record.projection;

import dev.millrace.api.record.job.PlainEnds.PlainEnd;
import dev.millrace.api.record.projection.ProjectionWriter.Written;
import dev.millrace.batch.Halving;
import dev.millrace.job.EntryId;
import dev.millrace.job.JobEvent.Ended;
import dev.millrace.job.Token;
import dev.millrace.postgres.BadData;
import dev.millrace.stream.entries.Reading;
import dev.millrace.stream.entries.StreamEntry;
import dev.millrace.stream.groups.GroupMember;
import dev.millrace.stream.groups.StreamConsumer;
import dev.millrace.stream.jobs.Batch;
import dev.millrace.stream.jobs.Recording;
import dev.millrace.stream.jobs.Recording.EndedRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
            ProjectionSettings settings,
            Recording streams,
            ProjectionWriter writer,
            ProjectionMeters meters,
            CommittedEndsListener listener) {
        this.stream = stream;
        this.consumer = member.consumer(stream, settings.batch(), settings.claimIdle(), Reading.Understood::new);
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
            Committed committed = new Committed(new ArrayList<>(), new ArrayList<>());
            meters.committing(() -> commit(events, committed));
            committed(events, committed);
        }
        return events.size();
    }

    /**
     * What the record has by now.
     *
     * @param ended the ends that the events tell of, each once
     * @param plain those among them whose rows are known
     */
    private record Committed(List<Ended> ended, List<PlainEnd> plain) {}

    private void committed(List<StreamEntry> events, Committed committed) {
        listener.shown(committed.plain());
        listener.committed(committed.ended().stream().map(Ended::job).toList());
        meters.committed(events.size());
        acknowledge(ids(events), committed.ended().stream().map(Projection::run).toList());
    }

    private void commit(List<StreamEntry> events, Committed committed) {
        Halving.run(
                events,
                BadData.class,
                some -> write(ProjectionBatch.of(stream, some), committed),
                (entry, bad) -> quarantine(entry, bad, committed));
    }

    private void quarantine(StreamEntry entry, BadData bad, Committed committed) {
        // Why stands in the quarantine, for it may quote the event.
        LOG.warnf("Event %s cannot be recorded and goes to quarantine.", entry.id());
        ProjectionBatch changes = ProjectionBatch.quarantining(stream, entry, String.valueOf(bad.getMessage()));
        try {
            write(changes, committed);
        } catch (BadData again) {
            LOG.errorf(again, "Not even the end that event %s stands for can be recorded.", entry.id());
            write(changes.withoutEvents(), committed);
            committed.ended().addAll(changes.ends());
        }
    }

    private void write(ProjectionBatch changes, Committed committed) {
        Written written = writer.write(changes);
        meters.wrote(changes, written);
        committed.ended().addAll(changes.ends());
        committed.plain().addAll(written.plain());
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

    private static EndedRun run(Ended end) {
        Token token = end.position().token();
        return new EndedRun(end.job(), token.epoch(), token.run());
    }
}
