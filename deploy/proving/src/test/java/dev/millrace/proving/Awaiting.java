package dev.millrace.proving;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what other processes do. */
final class Awaiting {

    private static final Duration LOOK = Duration.ofMillis(50);

    private Awaiting() {}

    static void until(String what, Duration atMost, BooleanSupplier reached) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!reached.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Waited " + atMost + " in vain for " + what + ".");
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }
}
