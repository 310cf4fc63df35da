package dev.millrace.loop;

import java.time.Duration;

/** How code waits for time to pass, so that a test need not. In production it is {@link Thread#sleep(Duration)}. */
@FunctionalInterface
public interface Pause {

    void of(Duration duration) throws InterruptedException;
}
