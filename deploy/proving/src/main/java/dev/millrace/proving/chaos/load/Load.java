package dev.millrace.proving.chaos.load;

import java.util.function.LongFunction;

/**
 * Jobs to be submitted.
 *
 * @param first number; the last is {@code first + jobs - 1}
 * @param jobs at least 1
 * @param perSecond at most so many are sent in a second
 * @param perCall jobs of one call, up to 1,000; 1 uses the call for a single job
 * @param job the JSON of a job by its number, which its payload carries as {@code n}
 */
public record Load(long first, int jobs, int perSecond, int perCall, LongFunction<String> job) {

    private static final int MOST_PER_CALL = 1_000;

    public Load {
        if (jobs < 1 || perSecond < 1 || perCall < 1 || perCall > MOST_PER_CALL) {
            throw new IllegalArgumentException(
                    "A load has a job at least, of which one a second, 1 to %d in a call; not %d jobs, %d a second, %d in a call."
                            .formatted(MOST_PER_CALL, jobs, perSecond, perCall));
        }
    }

    /** Jobs of {@code chaos.work} that run {@code least} to {@code most} milliseconds, ten to a call. */
    public static Load work(int jobs, int perSecond, long least, long most) {
        return new Load(0, jobs, perSecond, 10, n -> job("chaos.work", n, spread(n, least, most), ""));
    }

    /** The same jobs, in calls of another size. */
    public Load inCallsOf(int size) {
        return new Load(first, jobs, perSecond, size, job);
    }

    /** The same number of other jobs. */
    public Load of(LongFunction<String> other) {
        return new Load(first, jobs, perSecond, perCall, other);
    }

    /** A job's JSON; {@code more} is further members, each with a comma before it. */
    public static String job(String task, long n, long ms, String more) {
        return "{\"task\":\"%s\",\"payload\":{\"n\":%d,\"ms\":%d}%s}".formatted(task, n, ms, more);
    }

    /** The same length for the same number, and all lengths between the two alike often. */
    public static long spread(long n, long least, long most) {
        long mixed = (n + 1) * 0x9E3779B97F4A7C15L >>> 33;
        return least + mixed % (most - least + 1);
    }

    int calls() {
        return Math.ceilDiv(jobs, perCall);
    }

    long firstOf(int call) {
        return first + (long) call * perCall;
    }

    int sizeOf(int call) {
        return (int) Math.min(perCall, first + jobs - firstOf(call));
    }
}
