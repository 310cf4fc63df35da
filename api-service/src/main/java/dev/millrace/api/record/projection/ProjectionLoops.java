package dev.millrace.api.record.projection;

import dev.millrace.api.base.instance.Instance;
import dev.millrace.loop.Loops;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.groups.GroupReader;
import dev.millrace.stream.groups.SilentConsumers;
import dev.millrace.stream.groups.StreamTrim;
import dev.millrace.stream.jobs.Recording;
import dev.millrace.stream.redis.RedisLink;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;

/** Puts the projection together and lets it turn. */
@ApplicationScoped
class ProjectionLoops {

    private final Projection projection;
    private static final Duration SILENCE = Duration.ofMinutes(10);
    private static final Duration BETWEEN_FORGETS = Duration.ofMinutes(1);

    private final SilentConsumers silent;
    private final EventTrim trim;

    ProjectionLoops(
            Supplier<RedisLink> links,
            RedisLink calls,
            StreamNames names,
            Instance instance,
            Recording streams,
            ProjectionWriter ledger,
            ProjectionMeters meters,
            ProjectionConfig config,
            InstantSource clock,
            CommittedEndsListener listener) {
        ProjectionConfig.check(config);
        String events = names.events();
        GroupReader reader = new GroupReader(links.get(), events, StreamNames.PROJECTION, instance.name());
        this.projection = new Projection(events, reader, streams, ledger, meters, config, clock, listener);
        this.silent = new SilentConsumers(calls, names, events, StreamNames.PROJECTION);
        this.trim = new EventTrim(new StreamTrim(calls, events, StreamNames.PROJECTION), config);
    }

    void start(@Observes StartupEvent starting, Loops loops) {
        loops.start("projection", () -> {
            projection.projectOnce();
            return Duration.ZERO;
        });
        loops.start("event-trim", trim::trimOnce);
        loops.start("event-readers", () -> {
            silent.forget(SILENCE);
            return BETWEEN_FORGETS;
        });
    }
}
