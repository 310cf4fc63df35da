package dev.millrace.api.fleet;

import dev.millrace.api.instance.Instance;
import dev.millrace.api.quarantine.Quarantine;
import dev.millrace.api.tasks.TaskCatalog;
import dev.millrace.loop.Loops;
import dev.millrace.stream.GroupReader;
import dev.millrace.stream.RedisLink;
import dev.millrace.stream.StreamNames;
import dev.millrace.stream.StreamUpkeep;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;

/** Puts the reader of the fleet stream together and lets it turn. */
@ApplicationScoped
class FleetSide {

    private static final Duration BETWEEN_REFRESHES = Duration.ofSeconds(1);

    private final FleetReader reader;
    private final StreamUpkeep upkeep;
    private final TaskCatalog catalog;

    FleetSide(
            Supplier<RedisLink> links,
            RedisLink calls,
            Instance instance,
            TaskCatalog catalog,
            Quarantine quarantine,
            InstantSource clock,
            StreamNames names) {
        this.catalog = catalog;
        GroupReader group = new GroupReader(links.get(), StreamNames.fleet(), StreamNames.API, instance.name());
        this.reader = new FleetReader(group, catalog, quarantine, clock);
        this.upkeep = new StreamUpkeep(calls, names, StreamNames.fleet(), StreamNames.API);
    }

    void start(@Observes StartupEvent starting, Loops loops) {
        loops.start("catalog", () -> {
            catalog.refresh();
            return BETWEEN_REFRESHES;
        });
        loops.start("fleet", () -> {
            reader.readOnce();
            return Duration.ZERO;
        });
        loops.start("fleet-trim", upkeep::once);
    }
}
