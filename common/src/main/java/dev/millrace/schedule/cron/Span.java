package dev.millrace.schedule.cron;

/**
 * One range of a field: {@code 5}, {@code 1-5}, {@code 1-5/2}, {@code 22-2}, {@code *}.
 *
 * @param to at least {@code from}; beyond the field's last value if the range comes round its end
 */
record Span(CronField field, int from, int to, int step) {

    /** A range whose end lies before its start comes round: {@code 22-2} is 22, 23, 0, 1, 2. */
    static Span of(CronField field, int from, int to, int step) {
        return new Span(field, from, to < from ? to + field.size() : to, step);
    }

    static Span all(CronField field) {
        return new Span(field, field.first(), field.last(), 1);
    }

    /** A bit for each value. */
    long bits() {
        long bits = 0;
        for (int value = from; value <= to; value += step) {
            bits |= 1L << field.wrapped(value);
        }
        return bits;
    }
}
