package dev.millrace.worker.tasks.demo;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Gives the demo tasks a real process to end. */
@Singleton
final class DemoWiring {

    private static final int EXIT_STATUS_OF_KILL = 137;

    @Produces
    @Singleton
    Crash crash() {
        return () -> Runtime.getRuntime().halt(EXIT_STATUS_OF_KILL);
    }
}
