package dev.millrace.worker.tasks.demo;

import java.time.Duration;

/** Lets time pass; tests bring one that does not take it. */
@FunctionalInterface
interface Pause {

    /**
     * Returns once the duration has passed.
     *
     * @throws InterruptedException as soon as the thread is interrupted
     */
    void of(Duration duration) throws InterruptedException;
}
