package dev.millrace.worker.lease;

import dev.millrace.stream.jobs.RedisEpoch;
import dev.millrace.stream.redis.StreamsUnavailable;
import java.time.Duration;

/**
 * Remembers when Redis was away. Pending entries grow idle all that time, so that every lease looks run out when it
 * returns; for one lease nobody takes over anything, and the living renew first.
 */
public final class RedisOutages {

    private final RedisEpoch streams;
    private final Duration lease;
    private volatile long lastSeenNanos;
    private volatile boolean seen;

    public RedisOutages(RedisEpoch streams, Duration lease) {
        this.streams = streams;
        this.lease = lease;
    }

    void watching(Runnable call) {
        try {
            call.run();
        } catch (StreamsUnavailable unavailable) {
            lastSeenNanos = System.nanoTime();
            seen = true;
            throw unavailable;
        }
    }

    /** Whether leases that look run out may be so only because Redis was away. */
    boolean leasesAreUnsure() {
        boolean lately = seen && System.nanoTime() - lastSeenNanos < lease.toNanos();
        return lately || streams.uptime().compareTo(lease) < 0;
    }
}
