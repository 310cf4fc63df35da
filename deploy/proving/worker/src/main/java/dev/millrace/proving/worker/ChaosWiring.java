package dev.millrace.proving.worker;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Ties the tasks to this process. */
@Singleton
final class ChaosWiring {

    @Produces
    @Singleton
    Journal journal(ChaosConfig config, InstantSource clock) {
        return new Journal(
                ChaosSettings.of(config).journal(), ProcessHandle.current().pid(), clock);
    }

    @Produces
    @Singleton
    Death death() {
        return () -> Runtime.getRuntime().halt(Death.EXIT_CODE);
    }
}
