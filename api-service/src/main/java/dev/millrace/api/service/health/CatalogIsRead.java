package dev.millrace.api.service.health;

import dev.millrace.api.catalog.tasks.TaskCatalog;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready: the catalog of tasks was read once. Before, every task would look unknown; afterwards it is kept in memory. */
@Readiness
public class CatalogIsRead implements HealthCheck {

    private final TaskCatalog catalog;

    public CatalogIsRead(TaskCatalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("catalog")
                .status(catalog.isLoaded())
                .withData("tasks", catalog.tasks().size())
                .build();
    }
}
