package dev.millrace.worker.tasks.demo;

/** Ends this process at once: no shutdown hook, no goodbye; what a kill -9 does. */
@FunctionalInterface
interface Crash {

    void now();
}
