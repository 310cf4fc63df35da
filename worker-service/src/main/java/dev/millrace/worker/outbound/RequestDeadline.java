package dev.millrace.worker.outbound;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The instant by which a fetch must be over. */
record RequestDeadline(InstantSource clock, Instant at) {

    /** Nobody waits any longer, however busy the other side was. */
    static final class Passed extends SocketTimeoutException {

        private static final long serialVersionUID = 1;

        Passed() {
            super("The deadline has passed");
        }
    }

    /** The milliseconds that one step of at most {@code step} may still take: rounded up, as sockets read 0 as forever. */
    int millisFor(Duration step) throws Passed {
        long left = millisLeft();
        if (left <= 0) {
            throw new Passed();
        }
        return (int) Math.min(Integer.MAX_VALUE, Math.min(left, step.toMillis()) + 1);
    }

    /** Whether it comes before such a step is over. */
    boolean isWithin(Duration step) {
        return millisLeft() < step.toMillis();
    }

    private long millisLeft() {
        return Duration.between(clock.instant(), at).toMillis();
    }

    boolean hasPassed() {
        return !clock.instant().isBefore(at);
    }
}
