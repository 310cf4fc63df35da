package dev.millrace.api.contract;

import dev.millrace.api.ApiServers;
import dev.millrace.api.catalog.tasks.TaskCatalog;
import dev.millrace.api.jobs.submit.Tasks;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;

@QuarkusTest
@WithTestResource(ApiServers.class)
class ErrorContractTest extends ErrorContract {

    @Inject
    TaskCatalog catalog;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    @Override
    protected int port() {
        Tasks.offer(catalog);
        return port;
    }
}
