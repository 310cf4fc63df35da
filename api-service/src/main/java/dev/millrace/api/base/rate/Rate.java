package dev.millrace.api.base.rate;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A token bucket that holds what comes in a second. A call for more than that is let through when the bucket is full, and the ones
 * behind it wait for longer. May be used by many threads.
 */
public final class Rate {

    private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

    private final long perSecond;
    private final double most;
    private double left;
    private long countedAt;

    /**
     * Full.
     *
     * @param perSecond above 0
     * @param now as {@link System#nanoTime}
     */
    public Rate(long perSecond, long now) {
        this.perSecond = perSecond;
        this.most = (double) perSecond;
        this.left = most;
        this.countedAt = now;
    }

    public long perSecond() {
        return perSecond;
    }

    /** Takes so many; returns 0, or the seconds after which to ask again if it took none. */
    public synchronized long take(int wanted, long now) {
        left = Math.min(most, left + (now - countedAt) / SECOND * most);
        countedAt = now;
        double needed = Math.min(wanted, most);
        if (left < needed) {
            return Math.max(1, (long) Math.ceil((needed - left) / most));
        }
        left -= wanted;
        return 0;
    }

    /** Whether it was not asked for so long that it is as good as a new one. */
    public synchronized boolean isIdle(Duration since, long now) {
        return now - countedAt > since.toNanos();
    }
}
