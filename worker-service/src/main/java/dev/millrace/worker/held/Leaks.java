package dev.millrace.worker.held;

import dev.millrace.time.Time;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Slots whose run is over for everyone but its thread, which goes on: no one can kill a thread. The slot stays taken until
 * it ends. A thread that was interrupted for good has five seconds before it counts.
 */
public final class Leaks {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Time time;
    private final Map<JobRun, Long> overdueSince = new ConcurrentHashMap<>();

    public Leaks(Time time) {
        this.time = time;
    }

    /** The run has been interrupted for good. */
    public void expect(JobRun run) {
        overdueSince.putIfAbsent(run, time.reading());
    }

    /** How many slots are taken by runs that are over. */
    public int count() {
        overdueSince.keySet().removeIf(run -> !run.onThread());
        return (int) overdueSince.values().stream()
                .filter(since -> time.passed(PATIENCE, since))
                .count();
    }
}
