package dev.millrace.local.run;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The programs of the services, as builds leave them.
 *
 * @param checkout where the services that ship lie
 * @param workerJar what runs instead of the worker that ships
 */
public record Programs(Path checkout, Optional<Path> workerJar) {

    public Path jar(Role role) {
        return switch (role) {
            case WORKER -> workerJar.orElseGet(() -> role.jar(checkout));
            case API, SCHEDULER -> role.jar(checkout);
        };
    }
}
