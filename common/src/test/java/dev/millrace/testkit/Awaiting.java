package dev.millrace.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for something that will be so, with a deadline. */
public final class Awaiting {

    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final int LOOKS = 2_000;

    private Awaiting() {}

    /** Fails after 10 s. */
    public static void until(String what, BooleanSupplier condition) {
        until(what, DEADLINE, condition);
    }

    /** Asks 2,000 times in the time that it may take, or less often if the answers take their time. */
    public static void until(String what, Duration atMost, BooleanSupplier condition) {
        long end = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Not so after " + atMost.toSeconds() + " s: " + what + ".");
            }
            LockSupport.parkNanos(atMost.toNanos() / LOOKS);
        }
    }
}
