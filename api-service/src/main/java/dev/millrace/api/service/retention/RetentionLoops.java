package dev.millrace.api.service.retention;

import dev.millrace.api.base.instance.Instance;
import dev.millrace.api.base.quarantine.Quarantine;
import dev.millrace.api.base.quarantine.Sieve;
import dev.millrace.loop.Loops;
import dev.millrace.postgres.Db;
import dev.millrace.stream.entries.MaintenanceCodec;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.groups.BatchReader;
import dev.millrace.stream.groups.GroupReader;
import dev.millrace.stream.groups.StreamUpkeep;
import dev.millrace.stream.redis.RedisLink;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.InstantSource;
import java.util.function.Supplier;

/** Puts retention together and lets it turn. */
@ApplicationScoped
class RetentionLoops {

    private final Retention retention;
    private final StreamUpkeep upkeep;

    RetentionLoops(
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
                () -> new DeletionRound(db, config, meters));
        this.upkeep = new StreamUpkeep(calls, names, stream, StreamNames.API);
    }

    void start(@Observes StartupEvent starting, Loops loops) {
        loops.start("retention", retention::turnOnce);
        loops.start("retention-trim", upkeep::once);
    }
}
