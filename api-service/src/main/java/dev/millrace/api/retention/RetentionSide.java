package dev.millrace.api.retention;

import dev.millrace.api.db.Db;
import dev.millrace.api.instance.Instance;
import dev.millrace.api.quarantine.Quarantine;
import dev.millrace.loop.Loops;
import dev.millrace.stream.GroupReader;
import dev.millrace.stream.RedisLink;
import dev.millrace.stream.SilentConsumers;
import dev.millrace.stream.StreamNames;
import dev.millrace.stream.StreamTrim;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;

/** Puts retention together and lets it turn. */
@ApplicationScoped
class RetentionSide {

    // A day, for a scheduler that was away: the trim looks at the group of the api alone.
    private static final Duration KEEP = Duration.ofDays(1);
    private static final long KEEP_BYTES = 1L << 20;
    private static final Duration BETWEEN_TRIMS = Duration.ofMinutes(10);
    private static final Duration SILENCE = Duration.ofMinutes(10);

    private final Retention retention;
    private final StreamTrim trim;
    private final SilentConsumers silent;

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
        GroupReader reader = new GroupReader(links.get(), stream, StreamNames.API, instance.name());
        this.retention = new Retention(stream, reader, quarantine, () -> new Round(db, config, meters), clock);
        this.trim = new StreamTrim(calls, stream, StreamNames.API);
        this.silent = new SilentConsumers(calls, names, stream, StreamNames.API);
    }

    void start(@Observes StartupEvent starting, Loops loops) {
        loops.start("retention", retention::turnOnce);
        loops.start("retention-trim", () -> {
            trim.trim(KEEP, KEEP_BYTES);
            silent.forget(SILENCE);
            return BETWEEN_TRIMS;
        });
    }
}
