package dev.millrace.job;

import java.nio.ByteBuffer;
import java.util.Comparator;

/**
 * How far along a job's life an event is: (epoch, run, delivery, rank), and for equal ones the id of its entry. What
 * lies further wins, in whatever order events arrive.
 */
public record Position(Token token, Rank rank, EntryId event) implements Comparable<Position> {

    /** Where a row is born. */
    public static final Position ZERO = new Position(Token.ZERO, Rank.QUEUED, EntryId.ZERO);

    /** The order of events that carry the same token. */
    public enum Rank {
        QUEUED,
        STARTED,
        DEFERRED,
        ENDED
    }

    private static final Comparator<Position> ORDER =
            Comparator.comparing(Position::token).thenComparing(Position::rank).thenComparing(Position::event);
    private static final int BYTES = Long.BYTES + 1 + Long.BYTES + Long.BYTES;

    public static Position unpack(byte[] packed) {
        ByteBuffer in = ByteBuffer.wrap(packed);
        return new Position(
                Token.unpack(in.getLong()), Rank.values()[in.get()], new EntryId(in.getLong(), in.getLong()));
    }

    /** 25 bytes whose unsigned order, which is PostgreSQL's of {@code bytea}, is the order of positions. */
    public byte[] packed() {
        return ByteBuffer.allocate(BYTES)
                .putLong(token.packed())
                .put((byte) rank.ordinal())
                .putLong(event.millis())
                .putLong(event.sequence())
                .array();
    }

    @Override
    public int compareTo(Position other) {
        return ORDER.compare(this, other);
    }
}
