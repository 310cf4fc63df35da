package dev.millrace.worker.outbound;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The instant by which a fetch must be over. */
record RequestDeadline(InstantSource clock, Instant at) {

    /** The milliseconds that one step of at most {@code step} may still take: rounded up, as sockets read 0 as forever. */
    int millisFor(Duration step) throws SocketTimeoutException {
        long left = Duration.between(clock.instant(), at).toMillis();
        if (left <= 0) {
            throw new SocketTimeoutException("The deadline has passed");
        }
        return (int) Math.min(Integer.MAX_VALUE, Math.min(left, step.toMillis()) + 1);
    }

    boolean hasPassed() {
        return !clock.instant().isBefore(at);
    }
}
