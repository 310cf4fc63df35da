package dev.millrace.stream.groups;

import dev.millrace.stream.entries.StreamEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Reads a stream in batches as one consumer of a shared group. A batch stays in hand until it is done with: whoever fails
 * in its middle is given the same again, and when the process dies another consumer takes it over after half a minute.
 * For one thread.
 */
public final class BatchReader {

    private static final Duration BLOCK = Duration.ofSeconds(1);
    private static final Duration ABANDONED = Duration.ofSeconds(30);
    private static final Duration BETWEEN_CLAIMS = Duration.ofSeconds(5);

    private final GroupReader reader;
    private final int size;
    private final InstantSource clock;
    private List<StreamEntry> inHand = List.of();
    private Instant nextClaim = Instant.MIN;

    /** Of at most {@code size} entries a batch. */
    public BatchReader(GroupReader reader, int size, InstantSource clock) {
        this.reader = reader;
        this.size = size;
        this.clock = clock;
    }

    /** The batch in hand, else the next one: what others left behind, or what comes within a second; empty if nothing does. */
    public List<StreamEntry> batch() {
        if (inHand.isEmpty()) {
            inHand = next();
        }
        return inHand;
    }

    /** Acknowledges the batch in hand. */
    public void done() {
        reader.acknowledge(inHand.stream().map(StreamEntry::id).toList());
        inHand = List.of();
    }

    private List<StreamEntry> next() {
        Instant now = clock.instant();
        if (now.isBefore(nextClaim)) {
            return reader.read(size, BLOCK);
        }
        nextClaim = now.plus(BETWEEN_CLAIMS);
        List<StreamEntry> abandoned = reader.claim(size, ABANDONED);
        return abandoned.isEmpty() ? reader.read(size, BLOCK) : abandoned;
    }
}
