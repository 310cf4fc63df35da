package dev.millrace.loop;

import java.time.Duration;

/** Calls at fixed rates, on threads that may be blocked. */
@FunctionalInterface
public interface Rates {

    /**
     * Calls soon, and then once a period until the service ends. A call that is due while the former one goes on is left
     * out.
     *
     * @param name one that no other call has
     * @param period a second or more
     */
    void every(Duration period, String name, Runnable call);
}
