package dev.millrace.scheduler.inbox;

import dev.millrace.stream.entries.StreamEntry;
import dev.millrace.stream.groups.GroupReader;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Entries of a stream for one consumer of a group: new ones, and from time to time those that a dead one left. What is in
 * hand stays in hand until it is done with. For one thread.
 */
public final class Inbox {

    private static final int BATCH = 100;
    private static final Duration BLOCK = Duration.ofSeconds(1);
    private static final Duration NO_BLOCK = Duration.ofMillis(1); // Redis takes none at all for for ever
    private static final Duration ABANDONED = Duration.ofSeconds(30);
    private static final Duration BETWEEN_CLAIMS = Duration.ofSeconds(5);

    private final GroupReader reader;
    private final LongSupplier nanos;
    private final Duration block;
    private final Duration abandoned;
    private List<StreamEntry> inHand = List.of();
    private long nextClaim;

    /** One that waits for entries, so that it is given them at once. */
    public static Inbox waiting(GroupReader reader, LongSupplier nanos) {
        return new Inbox(reader, nanos, BLOCK, ABANDONED);
    }

    /** One that only looks. */
    public static Inbox looking(GroupReader reader, LongSupplier nanos) {
        return new Inbox(reader, nanos, NO_BLOCK, ABANDONED);
    }

    /**
     * Reads nothing yet.
     *
     * @param block how long it waits for entries
     * @param abandoned what another consumer has not acknowledged for so long is taken over
     */
    Inbox(GroupReader reader, LongSupplier nanos, Duration block, Duration abandoned) {
        this.reader = reader;
        this.nanos = nanos;
        this.block = block;
        this.abandoned = abandoned;
        this.nextClaim = nanos.getAsLong();
    }

    /** Waits a second at most. When the work throws, it is given the same entries by the next call. */
    public void workOnce(Consumer<List<StreamEntry>> work) {
        if (inHand.isEmpty()) {
            inHand = next();
        }
        if (!inHand.isEmpty()) {
            work.accept(inHand);
            reader.acknowledge(inHand.stream().map(StreamEntry::id).toList());
            inHand = List.of();
        }
    }

    private List<StreamEntry> next() {
        if (nanos.getAsLong() - nextClaim < 0) {
            return reader.read(BATCH, block);
        }
        nextClaim = nanos.getAsLong() + BETWEEN_CLAIMS.toNanos();
        List<StreamEntry> left = reader.claim(BATCH, abandoned);
        return left.isEmpty() ? reader.read(BATCH, block) : left;
    }
}
