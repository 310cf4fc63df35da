package dev.millrace.worker.lease;

import dev.millrace.stream.jobs.RedisEpoch;
import dev.millrace.stream.redis.StreamsUnavailable;
import dev.millrace.time.Time;
import java.time.Duration;

/**
 * Remembers when Redis was away. Pending entries grow idle all that time, so that every lease looks run out when it
 * returns; for one lease nobody takes over anything, and the living renew first.
 */
public final class RedisOutages {

    private final RedisEpoch streams;
    private final Duration lease;
    private final Time time;
    private volatile long lastSeenNanos;
    private volatile boolean seen;

    public RedisOutages(RedisEpoch streams, Duration lease, Time time) {
        this.streams = streams;
        this.lease = lease;
        this.time = time;
    }

    void watching(Runnable call) {
        try {
            call.run();
        } catch (StreamsUnavailable unavailable) {
            lastSeenNanos = time.reading();
            seen = true;
            throw unavailable;
        }
    }

    /** Whether leases that look run out may be so only because Redis was away. */
    boolean leasesAreUnsure() {
        boolean lately = seen && !time.passed(lease, lastSeenNanos);
        return lately || streams.uptime().compareTo(lease) < 0;
    }
}
