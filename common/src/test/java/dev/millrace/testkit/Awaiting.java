package dev.millrace.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for something that will be so, with a deadline. */
public final class Awaiting {

    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final Duration TICK = Duration.ofMillis(5);

    private Awaiting() {}

    /** Asks again every 5 ms; fails after 10 s. */
    public static void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Not so after " + DEADLINE.toSeconds() + " s: " + what + ".");
            }
            LockSupport.parkNanos(TICK.toNanos());
        }
    }
}
