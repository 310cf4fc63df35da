package dev.millrace.job;

import java.util.UUID;
import java.util.regex.Pattern;

/** Names a job: any RFC 9562 UUID. Ours are version 7; a client may bring one of its own. */
public record JobId(UUID uuid) implements Comparable<JobId> {

    private static final Pattern FORM = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    /** Reads the 36-character form only: {@link UUID#fromString} would also accept groups of other lengths. */
    public static JobId parse(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "A job id is a UUID of 8-4-4-4-12 hexadecimal digits, which these %d characters are not."
                            .formatted(text.length()));
        }
        return new JobId(UUID.fromString(text));
    }

    /** Orders as PostgreSQL orders its uuid: unsigned, from the first byte. */
    @Override
    public int compareTo(JobId other) {
        int high = Long.compareUnsigned(uuid.getMostSignificantBits(), other.uuid.getMostSignificantBits());
        return high != 0
                ? high
                : Long.compareUnsigned(uuid.getLeastSignificantBits(), other.uuid.getLeastSignificantBits());
    }

    @Override
    public String toString() {
        return uuid.toString();
    }
}
