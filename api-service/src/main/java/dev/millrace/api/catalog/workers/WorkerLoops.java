package dev.millrace.api.catalog.workers;

import dev.millrace.api.base.instance.Instance;
import dev.millrace.api.base.quarantine.Quarantine;
import dev.millrace.api.catalog.tasks.TaskCatalog;
import dev.millrace.loop.Loops;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.groups.GroupReader;
import dev.millrace.stream.groups.StreamUpkeep;
import dev.millrace.stream.redis.RedisLink;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;

/** Puts the reader of the fleet stream together and lets it turn. */
@ApplicationScoped
class WorkerLoops {

    private static final Duration BETWEEN_REFRESHES = Duration.ofSeconds(1);

    private final WorkerEventReader reader;
    private final StreamUpkeep upkeep;
    private final TaskCatalog catalog;

    WorkerLoops(
            Supplier<RedisLink> links,
            RedisLink calls,
            Instance instance,
            TaskCatalog catalog,
            Quarantine quarantine,
            InstantSource clock,
            StreamNames names) {
        this.catalog = catalog;
        GroupReader group = new GroupReader(links.get(), StreamNames.fleet(), StreamNames.API, instance.name());
        this.reader = new WorkerEventReader(group, catalog, quarantine, clock);
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
