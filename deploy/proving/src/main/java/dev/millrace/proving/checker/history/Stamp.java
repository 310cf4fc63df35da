package dev.millrace.proving.checker.history;

import java.util.Comparator;

/** A fencing token: of two of the same job the greater belongs to the later start. */
public record Stamp(long epoch, long run, long delivery) implements Comparable<Stamp> {

    private static final Comparator<Stamp> ORDER =
            Comparator.comparingLong(Stamp::epoch).thenComparingLong(Stamp::run).thenComparingLong(Stamp::delivery);

    /** Reads {@code epoch.run.delivery}. */
    public static Stamp parse(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("A token has the form epoch.run.delivery, not '" + text + "'.");
        }
        return new Stamp(Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
    }

    /** Returns 15 + 32 + 16 bits, in the same order. */
    public long packed() {
        return (epoch << 48) | (run << 16) | delivery;
    }

    /** Returns the token that was {@link #packed}. */
    public static Stamp unpack(long packed) {
        return new Stamp(packed >>> 48, (packed >>> 16) & 0xFFFF_FFFFL, packed & 0xFFFF);
    }

    @Override
    public int compareTo(Stamp other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return epoch + "." + run + "." + delivery;
    }
}
