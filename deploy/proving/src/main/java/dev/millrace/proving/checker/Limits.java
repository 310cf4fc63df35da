package dev.millrace.proving.checker;

/**
 * How much time the rules allow, in milliseconds.
 *
 * @param recoveryP99 within which 99 of 100 jobs of a killed worker start elsewhere
 * @param recoveryMax within which all do
 * @param lease of workers; a fault explains what happens up to a lease after it
 * @param reconcile after which data that were lost are there again
 * @param slack by which clocks may differ
 * @param unread how long an event may lie in Redis before it is read, and cannot be lost any more
 * @param unaware how long a worker may start what it holds before a renewal tells it of a cancel
 */
public record Limits(
        long recoveryP99, long recoveryMax, long lease, long reconcile, long slack, long unread, long unaware) {

    /** What Millrace promises. */
    public static final Limits PROMISED = new Limits(20_000, 25_000, 15_000, 60_000, 5, 1_000, 6_000);

    /** With other times to recover. */
    public Limits recoveringWithin(long p99, long max) {
        return new Limits(p99, max, lease, reconcile, slack, unread, unaware);
    }
}
