package dev.millrace.api.tasks;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Refreshes the catalog every second while the service runs, whatever happens to PostgreSQL. */
@ApplicationScoped
class CatalogLoop {

    private static final Logger LOG = Logger.getLogger(CatalogLoop.class);

    private final TaskCatalog catalog;
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("task-catalog").factory());
    private boolean failing;

    CatalogLoop(TaskCatalog catalog) {
        this.catalog = catalog;
    }

    void start(@Observes StartupEvent event) {
        ScheduledFuture<?> unused = ticks.scheduleWithFixedDelay(this::tick, 0, 1, TimeUnit.SECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        ticks.shutdownNow();
    }

    /** A tick that throws would be the last. Says once that it fails, not every second. */
    private void tick() {
        try {
            catalog.refresh();
            failing = false;
        } catch (RuntimeException e) {
            if (!failing && !ticks.isShutdown()) {
                LOG.warn("The task catalog is not refreshed; what is known stays. Trying again every second.", e);
            }
            failing = true;
        }
    }
}
