package dev.millrace.api.retention;

import dev.millrace.api.db.Db;
import dev.millrace.api.instance.Instance;
import dev.millrace.api.quarantine.Quarantine;
import dev.millrace.api.quarantine.Sieve;
import dev.millrace.loop.Loops;
import dev.millrace.stream.BatchReader;
import dev.millrace.stream.GroupReader;
import dev.millrace.stream.MaintenanceCodec;
import dev.millrace.stream.RedisLink;
import dev.millrace.stream.StreamNames;
import dev.millrace.stream.StreamUpkeep;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.InstantSource;
import java.util.function.Supplier;

/** Puts retention together and lets it turn. */
@ApplicationScoped
class RetentionSide {

    private final Retention retention;
    private final StreamUpkeep upkeep;

    RetentionSide(
            Supplier<RedisLink> links,
            RedisLink calls,
            StreamNames names,
            Instance instance,
            Quarantine quarantine,
            Db db,
            RetentionConfig config,
            MeterRegistry registry,
            InstantSource clock) {
        RetentionConfig.check(config);
        String stream = StreamNames.maintenance();
        RetentionMeters meters = new RetentionMeters(registry);
        GroupReader group = new GroupReader(links.get(), stream, StreamNames.API, instance.name());
        this.retention = new Retention(
                new BatchReader(group, Retention.BATCH, clock),
                new Sieve<>(stream, entry -> MaintenanceCodec.decode(entry.fields()), quarantine),
                () -> new Round(db, config, meters));
        this.upkeep = new StreamUpkeep(calls, names, stream, StreamNames.API);
    }

    void start(@Observes StartupEvent starting, Loops loops) {
        loops.start("retention", retention::turnOnce);
        loops.start("retention-trim", upkeep::once);
    }
}
