package dev.millrace.job;

/**
 * The fencing token of one start of a job: (epoch, run, delivery). It only rises for a job, so the greater of two
 * belongs to the later start.
 *
 * @param epoch counts the times that Redis lost data, 0 to 32,767
 * @param run that of the {@link Job}, 0 to 2^32 - 1
 * @param delivery counts deliveries of this run's entry, 0 (not delivered) to 65,535
 */
public record Token(int epoch, long run, int delivery) implements Comparable<Token> {

    public static final Token ZERO = new Token(0, 0, 0);

    private static final int DELIVERY_BITS = 16;
    private static final int RUN_BITS = 32;
    private static final int MAX_EPOCH = 0x7FFF;
    private static final long MAX_RUN = 0xFFFF_FFFFL;
    private static final int MAX_DELIVERY = 0xFFFF;

    public Token {
        if (epoch < 0 || epoch > MAX_EPOCH || run < 0 || run > MAX_RUN || delivery < 0 || delivery > MAX_DELIVERY) {
            throw new IllegalArgumentException(
                    "A token's parts are out of range: epoch %d, run %d, delivery %d.".formatted(epoch, run, delivery));
        }
    }

    public static Token unpack(long packed) {
        return new Token((int) (packed >>> (DELIVERY_BITS + RUN_BITS)), (packed >>> DELIVERY_BITS) & MAX_RUN, (int)
                (packed & MAX_DELIVERY));
    }

    /** 15 + 32 + 16 bits, in an order that {@code long} keeps. */
    public long packed() {
        return ((long) epoch << (DELIVERY_BITS + RUN_BITS)) | (run << DELIVERY_BITS) | delivery;
    }

    @Override
    public int compareTo(Token other) {
        return Long.compare(packed(), other.packed());
    }

    @Override
    public String toString() {
        return epoch + "." + run + "." + delivery;
    }
}
