package dev.millrace.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import java.util.regex.Pattern;

/** Names a job: any RFC 9562 UUID. Ours are version 7; a client may bring one of its own. */
public record JobId(UUID uuid) implements Comparable<JobId> {

    private static final Pattern FORM = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    private static final long VERSION_BITS = 0xF000L;
    private static final long VERSION_5 = 0x5000L;
    private static final long VARIANT_BITS = 0xC000_0000_0000_0000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    /** Reads the 36-character form only: {@link UUID#fromString} would also accept groups of other lengths. */
    public static JobId parse(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "A job id is a UUID of 8-4-4-4-12 hexadecimal digits, which these %d characters are not."
                            .formatted(text.length()));
        }
        return new JobId(UUID.fromString(text));
    }

    /** The id that this name always has in this namespace: a UUID of version 5 (RFC 9562). */
    public static JobId named(UUID namespace, String name) {
        byte[] text = name.getBytes(UTF_8);
        byte[] whole = ByteBuffer.allocate(2 * Long.BYTES + text.length)
                .putLong(namespace.getMostSignificantBits())
                .putLong(namespace.getLeastSignificantBits())
                .put(text)
                .array();
        ByteBuffer hash = ByteBuffer.wrap(sha1().digest(whole));
        return new JobId(
                new UUID(hash.getLong() & ~VERSION_BITS | VERSION_5, hash.getLong() & ~VARIANT_BITS | VARIANT));
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException broken) {
            throw new IllegalStateException("Every Java platform has SHA-1, but this one.", broken);
        }
    }

    /** The job that this one orders under that key, however often it does. */
    public JobId child(String key) {
        return named(uuid, key);
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
