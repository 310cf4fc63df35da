package dev.millrace.worker.health;

import dev.millrace.listen.ListenConfig;
import dev.millrace.listen.LoopbackOnly;
import dev.millrace.listen.PortGuard;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.Config;

/** Has health and meters guarded before the service listens, or stops its start where it may not. */
@ApplicationScoped
class WorkerPort {

    void stand(@Observes Router router, Config config, ListenConfig access) {
        PortGuard.of(config.getValue(LoopbackOnly.HOST, String.class), access).stand(router);
    }
}
