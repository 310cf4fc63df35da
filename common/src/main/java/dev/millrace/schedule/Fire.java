package dev.millrace.schedule;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.millrace.job.JobId;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.UUID;

/**
 * One tick of one schedule.
 *
 * @param schedule its key, which no other schedule of any tenant has
 * @param generation distinguishes a schedule from a deleted one that had the same key
 */
public record Fire(String schedule, long generation, Instant at) {

    /** Drawn once; another one would fire every tick a second time. */
    private static final UUID NAMESPACE = UUID.fromString("0b4f9d52-6d1e-4f0c-9a53-7d2c1be0c6a8");

    private static final long VERSION_BITS = 0xF000L;
    private static final long VERSION_5 = 0x5000L;
    private static final long VARIANT_BITS = 0xC000_0000_0000_0000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    /** The id of the job that it makes, however often and by whomever it is made: a UUID of version 5 (RFC 9562). */
    public JobId jobId() {
        ByteBuffer hash = ByteBuffer.wrap(sha1().digest(name()));
        return new JobId(
                new UUID(hash.getLong() & ~VERSION_BITS | VERSION_5, hash.getLong() & ~VARIANT_BITS | VARIANT));
    }

    /** The last two hold no space, so that no two fires have the same name. */
    private byte[] name() {
        byte[] name = "%s %d %s".formatted(schedule, generation, at).getBytes(UTF_8);
        return ByteBuffer.allocate(2 * Long.BYTES + name.length)
                .putLong(NAMESPACE.getMostSignificantBits())
                .putLong(NAMESPACE.getLeastSignificantBits())
                .put(name)
                .array();
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException broken) {
            throw new IllegalStateException("Every Java platform has SHA-1, but this one.", broken);
        }
    }
}
