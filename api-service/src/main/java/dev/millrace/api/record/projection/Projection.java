package dev.millrace.api.record.projection;

import dev.millrace.job.EntryId;
import dev.millrace.job.JobEvent.Ended;
import dev.millrace.job.Token;
import dev.millrace.postgres.BadData;
import dev.millrace.stream.entries.EventCodec;
import dev.millrace.stream.entries.EventCodec.Decoded;
import dev.millrace.stream.entries.StreamEntry;
import dev.millrace.stream.groups.GroupReader;
import dev.millrace.stream.jobs.Batch;
import dev.millrace.stream.jobs.Recording;
import dev.millrace.stream.jobs.Recording.EndedRun;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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
    private static final Duration BLOCK = Duration.ofSeconds(1);
    private static final Duration BETWEEN_CLAIMS = Duration.ofSeconds(5);

    private final String stream;
    private final GroupReader reader;
    private final Recording streams;
    private final ProjectionWriter ledger;
    private final ProjectionMeters meters;
    private final ProjectionConfig config;
    private final InstantSource clock;
    private final CommittedEndsListener listener;
    private List<StreamEntry> inHand = List.of();
    private Instant nextClaim = Instant.MIN;

    Projection(
            String stream,
            GroupReader reader,
            Recording streams,
            ProjectionWriter ledger,
            ProjectionMeters meters,
            ProjectionConfig config,
            InstantSource clock,
            CommittedEndsListener listener) {
        this.stream = stream;
        this.reader = reader;
        this.streams = streams;
        this.ledger = ledger;
        this.meters = meters;
        this.config = config;
        this.clock = clock;
        this.listener = listener;
    }

    /** Waits up to a second for events and brings them into the record. Returns how many there were. */
    int projectOnce() {
        if (inHand.isEmpty()) {
            inHand = next();
        }
        if (inHand.isEmpty()) {
            meters.idle();
            return 0;
        }
        meters.inHand(Instant.ofEpochMilli(inHand.getFirst().id().millis()));
        meters.committing(() -> commit(inHand));
        List<EndedRun> ended = endedRuns(inHand);
        listener.committed(ended.stream().map(EndedRun::job).toList());
        meters.committed(inHand.size());
        acknowledge(ids(inHand), ended);
        int done = inHand.size();
        inHand = List.of();
        return done;
    }

    private List<StreamEntry> next() {
        Instant now = clock.instant();
        if (now.isBefore(nextClaim)) {
            return reader.read(config.batch(), BLOCK);
        }
        List<StreamEntry> abandoned = reader.claim(config.batch(), config.claimIdle());
        if (!abandoned.isEmpty()) {
            LOG.infof("Took over %d events whose reader did not finish them.", abandoned.size());
            return abandoned;
        }
        nextClaim = now.plus(BETWEEN_CLAIMS);
        return reader.read(config.batch(), BLOCK);
    }

    private void commit(List<StreamEntry> entries) {
        try {
            write(ProjectionBatch.of(stream, entries));
        } catch (BadData bad) {
            if (entries.size() == 1) {
                quarantine(entries.getFirst(), bad);
            } else {
                commit(entries.subList(0, entries.size() / 2));
                commit(entries.subList(entries.size() / 2, entries.size()));
            }
        }
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
        meters.wrote(changes, ledger.write(changes));
    }

    private void acknowledge(List<EntryId> ids, List<EndedRun> ended) {
        for (int from = 0; from < ids.size(); from += Batch.MAX) {
            streams.projected(part(ids, from), part(ended, from));
        }
    }

    /** What of a list belongs to one call; there are never more ends than entries. */
    private static <T> List<T> part(List<T> all, int from) {
        int to = Math.min(all.size(), from + Batch.MAX);
        return from < to ? all.subList(from, to) : List.of();
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
