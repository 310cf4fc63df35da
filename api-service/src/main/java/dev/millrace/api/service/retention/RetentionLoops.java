package dev.millrace.api.service.retention;

import dev.millrace.loop.Duties;
import dev.millrace.loop.Loops;
import dev.millrace.postgres.Db;
import dev.millrace.stream.entries.MaintenanceCodec;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.groups.GroupMember;
import dev.millrace.stream.groups.StreamUpkeep;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Puts retention together and lets it turn. */
@ApplicationScoped
class RetentionLoops {

    private final Retention retention;
    private final StreamUpkeep upkeep;

    RetentionLoops(GroupMember member, Db db, RetentionConfig config, MeterRegistry registry) {
        RetentionSettings settings = RetentionSettings.of(config);
        RetentionMeters meters = new RetentionMeters(registry);
        this.retention =
                new Retention(member, StreamNames.maintenance(), () -> new DeletionRound(db, settings, meters));
        this.upkeep = member.upkeep(StreamNames.maintenance(), MaintenanceCodec.KEPT);
    }

    void start(@Observes StartupEvent starting, Loops loops, Duties duties) {
        loops.start("retention", retention::turnOnce);
        duties.start("retention-trim", StreamUpkeep.PERIOD, upkeep::once);
    }
}
