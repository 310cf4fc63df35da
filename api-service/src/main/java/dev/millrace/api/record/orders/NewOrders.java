package dev.millrace.api.record.orders;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Tells within this instance that orders were committed. It may be late or wrong: who waits looks now and then anyway. */
@Singleton
public class NewOrders {

    private final Semaphore told = new Semaphore(0);

    /** There are orders. */
    public void tell() {
        told.release();
    }

    /** Waits until that is told, or was since the last wait; not for longer. Returns whether it was. */
    public boolean await(Duration atMost) throws InterruptedException {
        boolean there = told.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS);
        if (there) {
            told.drainPermits();
        }
        return there;
    }
}
