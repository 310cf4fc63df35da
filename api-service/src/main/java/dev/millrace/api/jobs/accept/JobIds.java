package dev.millrace.api.jobs.accept;

import dev.millrace.job.JobId;
import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Makes version 7 UUIDs: 48 bits of Unix milliseconds, then a 12-bit counter within the millisecond and 62 random bits
 * (RFC 9562, section 6.2, method 1). Ids of one instance rise strictly, also when its clock steps back.
 */
public final class JobIds {

    private static final int COUNTER_BITS = 12;
    private static final long VERSION_7 = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final long RANDOM_62 = 0x3FFF_FFFF_FFFF_FFFFL;

    private final InstantSource clock;
    private final RandomGenerator random;
    private long lastTick;

    public JobIds(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    public synchronized JobId next() {
        lastTick = Math.max(lastTick + 1, clock.millis() << COUNTER_BITS);
        long millis = lastTick >>> COUNTER_BITS;
        long counter = lastTick & ((1 << COUNTER_BITS) - 1);
        return new JobId(new UUID((millis << 16) | VERSION_7 | counter, VARIANT | (random.nextLong() & RANDOM_62)));
    }
}
