package dev.millrace.worker.fleet;

import dev.millrace.names.Names;
import java.util.Optional;

/**
 * How a worker presents itself.
 *
 * @param name what people call it; empty for its id
 */
public record FleetSettings(Optional<String> name) {

    public FleetSettings {
        name.ifPresent(text -> Names.check("A millrace.worker.name", text));
    }

    /**
     * Reads and checks it.
     *
     * @throws IllegalArgumentException with the key and the rule, if the name is none
     */
    public static FleetSettings of(FleetConfig config) {
        return new FleetSettings(config.name());
    }
}
