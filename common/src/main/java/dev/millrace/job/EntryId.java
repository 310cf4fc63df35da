package dev.millrace.job;

/** The id of an entry of a Redis stream: milliseconds and a sequence number within them. */
public record EntryId(long millis, long sequence) implements Comparable<EntryId> {

    public static final EntryId ZERO = new EntryId(0, 0);

    public static EntryId parse(String text) {
        int dash = text.indexOf('-');
        if (dash < 1) {
            throw new IllegalArgumentException("A stream entry's id has the form <millis>-<sequence>.");
        }
        return new EntryId(
                Long.parseUnsignedLong(text, 0, dash, 10), Long.parseUnsignedLong(text, dash + 1, text.length(), 10));
    }

    /** The greatest id that is less than this one, which is not {@link #ZERO}. */
    public EntryId previous() {
        return sequence == 0 ? new EntryId(millis - 1, -1) : new EntryId(millis, sequence - 1);
    }

    @Override
    public int compareTo(EntryId other) {
        int byMillis = Long.compareUnsigned(millis, other.millis);
        return byMillis != 0 ? byMillis : Long.compareUnsigned(sequence, other.sequence);
    }

    @Override
    public String toString() {
        return Long.toUnsignedString(millis) + '-' + Long.toUnsignedString(sequence);
    }
}
