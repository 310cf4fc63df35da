package dev.millrace.worker;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Starts the worker with the application, and stops it, within its grace, on SIGTERM. */
@Singleton
final class WorkerLifecycle {

    private final Worker worker;

    WorkerLifecycle(Worker worker) {
        this.worker = worker;
    }

    void begin(@Observes StartupEvent started) {
        worker.start();
    }

    void end(@Observes ShutdownEvent stopping) {
        worker.stop();
    }
}
