package dev.millrace.schedule.cron;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The values that a field admits.
 *
 * @param bits one for each value, none of which exceeds 59
 */
record Values(CronField field, long bits) {

    /** Follows upon the last value, whatever the field. */
    static final int NONE = Long.SIZE;

    static Values of(CronField field, List<Span> spans) {
        return new Values(field, spans.stream().mapToLong(Span::bits).reduce(0, (some, more) -> some | more));
    }

    boolean has(int value) {
        return (bits >>> value & 1) == 1;
    }

    /** The first admitted value that is not below this one, or {@link #NONE}. */
    int from(int value) {
        return Long.numberOfTrailingZeros(bits & -1L << value);
    }

    int first() {
        return from(0);
    }

    int size() {
        return Long.bitCount(bits);
    }

    boolean all() {
        return size() == field.size();
    }

    IntStream each() {
        return IntStream.range(0, NONE).filter(this::has);
    }
}
