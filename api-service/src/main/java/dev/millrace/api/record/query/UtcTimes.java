package dev.millrace.api.record.query;

import java.time.Instant;

/** Keeps times inside the years that both RFC 3339 and PostgreSQL know. */
public final class UtcTimes {

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private UtcTimes() {}

    public static Instant inRange(Instant at) {
        if (at.isBefore(FIRST) || at.isAfter(LAST)) {
            throw new IllegalArgumentException("A time lies in the years 1 to 9999.");
        }
        return at;
    }
}
