package dev.millrace.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for something that will be so, with a deadline long enough that a busy machine does not decide. */
public final class Awaiting {

    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final int LOOKS = 6_000;

    private Awaiting() {}

    /** Fails after 30 s. */
    public static void until(String what, BooleanSupplier condition) {
        until(what, DEADLINE, condition);
    }

    /** Asks 6,000 times in the time that it may take, or less often if the answers take their time. */
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
