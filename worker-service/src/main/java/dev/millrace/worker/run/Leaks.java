package dev.millrace.worker.run;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Slots whose run is over for everyone but its thread, which goes on: no one can kill a thread. The slot stays taken until
 * it ends. A thread that was interrupted for good has five seconds before it counts.
 */
public final class Leaks {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Map<JobRun, Long> overdueSince = new ConcurrentHashMap<>();

    /** The run has been interrupted for good. */
    void expect(JobRun run) {
        if (run.onThread()) {
            overdueSince.putIfAbsent(run, System.nanoTime());
        }
        if (!run.onThread()) {
            overdueSince.remove(run);
        }
    }

    /** The run's thread has ended. */
    void ended(JobRun run) {
        overdueSince.remove(run);
    }

    /** How many slots are taken by runs that are over. */
    public int count() {
        long now = System.nanoTime();
        return (int) overdueSince.values().stream()
                .filter(since -> now - since > PATIENCE.toNanos())
                .count();
    }
}
