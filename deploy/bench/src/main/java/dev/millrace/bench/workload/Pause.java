package dev.millrace.bench.workload;

import java.time.Duration;

/** How the bench waits for time to pass, so that a test need not. */
@FunctionalInterface
public interface Pause {

    void of(Duration duration) throws InterruptedException;
}
