package dev.millrace.api.live.events;

import dev.millrace.api.record.projection.SubstituteEnd;
import dev.millrace.job.EntryId;
import dev.millrace.job.JobEvent;
import dev.millrace.job.JobEvent.Ended;
import dev.millrace.job.JobEvent.Ordered;
import dev.millrace.job.JobEvent.Progressed;
import dev.millrace.job.JobEvent.Started;
import dev.millrace.job.JobId;
import dev.millrace.job.Position;
import dev.millrace.stream.entries.EventCodec;
import dev.millrace.stream.entries.EventCodec.Decoded;
import dev.millrace.stream.entries.StreamEntry;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way to clients.
 *
 * @param change the change; null if it is an end, since what clients receive of an end comes from the record
 * @param end where the end stands, which distinguishes the ends of a requeued job; null if it is another change
 */
public record LiveEvent(
        EntryId id,
        JobId job,
        @Nullable JobEvent change,
        @Nullable Position end) {

    private static final int BYTES = 240;

    /** An end that the record shows and that has no entry. It lies behind all entries there are. */
    static LiveEvent missedEnd(JobId job, Position end) {
        return new LiveEvent(new EntryId(Long.MAX_VALUE, 0), job, null, end);
    }

    /** Empty for entries that concern no job, and for orders, which nobody is told of. */
    static Optional<LiveEvent> of(StreamEntry entry) {
        return switch (EventCodec.decode(entry)) {
            case Decoded.Event event when event.event() instanceof Ordered -> Optional.empty();
            case Decoded.Event event -> Optional.of(of(event.event()));
            case Decoded.Malformed malformed ->
                malformed.endedJob().map(job -> new LiveEvent(entry.id(), job, null, SubstituteEnd.positionOf(entry)));
            case Decoded.Quarantined taken -> Optional.empty();
        };
    }

    private static LiveEvent of(JobEvent event) {
        EntryId id = event.position().event();
        return event instanceof Ended
                ? new LiveEvent(id, event.job(), null, event.position())
                : new LiveEvent(id, event.job(), event, null);
    }

    /** What it takes of the heap, estimated. */
    public int bytes() {
        return switch (change) {
            case Progressed progressed -> BYTES + bytes(progressed.progress().message());
            case Started started -> BYTES + bytes(started.worker());
            case null, default -> BYTES;
        };
    }

    private static int bytes(@Nullable String text) {
        return text == null ? 0 : 2 * text.length();
    }
}
