package dev.millrace.job;

import java.util.UUID;

/** Names a job: any RFC 9562 UUID. Ours are version 7; a client may bring one of its own. */
public record JobId(UUID uuid) implements Comparable<JobId> {

    private static final int TEXT_LENGTH = 36;

    /** Reads the 36-character form only: {@link UUID#fromString} would also accept shortened groups. */
    public static JobId parse(String text) {
        if (text.length() != TEXT_LENGTH) {
            throw new IllegalArgumentException("A job id is a UUID of 36 characters, not of " + text.length() + ".");
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
