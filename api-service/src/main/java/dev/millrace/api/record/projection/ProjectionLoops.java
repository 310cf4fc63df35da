package dev.millrace.api.record.projection;

import dev.millrace.loop.Duties;
import dev.millrace.loop.Loops;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.groups.GroupMember;
import dev.millrace.stream.groups.StreamUpkeep;
import dev.millrace.stream.jobs.Recording;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;

/** Puts the projection together and lets it turn. */
@ApplicationScoped
class ProjectionLoops {

    private static final Duration BETWEEN_TRIMS = Duration.ofSeconds(5);

    private final Projection projection;
    private final StreamUpkeep upkeep;

    ProjectionLoops(
            GroupMember api,
            Recording streams,
            ProjectionWriter writer,
            ProjectionMeters meters,
            ProjectionConfig config,
            CommittedEndsListener listener) {
        ProjectionSettings settings = ProjectionSettings.of(config);
        GroupMember member = api.of(StreamNames.PROJECTION);
        String events = member.names().events();
        this.projection = new Projection(member, events, settings, streams, writer, meters, listener);
        this.upkeep = member.upkeep(events, settings.keep(), settings.keepBytes());
    }

    void start(@Observes StartupEvent starting, Loops loops, Duties duties) {
        loops.start("projection", () -> {
            projection.projectOnce();
            return Duration.ZERO;
        });
        duties.start("event-trim", BETWEEN_TRIMS, upkeep::trimOnce);
        duties.start("event-readers", StreamUpkeep.PERIOD, upkeep::forgetOnce);
    }
}
