package dev.millrace.api.schedules.projection;

import dev.millrace.api.base.instance.Instance;
import dev.millrace.api.base.quarantine.Quarantine;
import dev.millrace.api.base.quarantine.Sieve;
import dev.millrace.api.schedules.commands.CommandMeters;
import dev.millrace.api.schedules.commands.CommandSender;
import dev.millrace.api.schedules.commands.PendingAnswers;
import dev.millrace.loop.Duties;
import dev.millrace.loop.Loops;
import dev.millrace.postgres.Db;
import dev.millrace.stream.entries.ScheduleCodec;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.groups.BatchReader;
import dev.millrace.stream.groups.GroupReader;
import dev.millrace.stream.groups.StreamUpkeep;
import dev.millrace.stream.redis.RedisLink;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.InstantSource;
import java.util.function.Supplier;

/** Puts together what speaks with the schedulers, and lets it turn. */
@ApplicationScoped
class ScheduleEventLoops {

    private final ScheduleEventReader reader;
    private final StreamUpkeep upkeep;

    ScheduleEventLoops(
            Supplier<RedisLink> links,
            RedisLink calls,
            StreamNames names,
            Instance instance,
            Db db,
            Quarantine quarantine,
            PendingAnswers waiters,
            InstantSource clock) {
        String events = StreamNames.scheduleEvents();
        GroupReader group = new GroupReader(links.get(), events, StreamNames.API, instance.name());
        this.reader = new ScheduleEventReader(
                new BatchReader(group, ScheduleEventReader.BATCH, clock),
                new Sieve<>(events, entry -> ScheduleCodec.news(entry.fields()), quarantine),
                db,
                waiters);
        this.upkeep = new StreamUpkeep(calls, names, events, StreamNames.API);
    }

    void start(
            @Observes StartupEvent starting, Loops loops, Duties duties, CommandSender sender, CommandMeters meters) {
        loops.start("schedule-events", reader::recordOnce);
        loops.start("schedule-events-trim", upkeep::once);
        loops.start("schedule-commands", sender::sendOnce);
        duties.start("schedule-commands-forget", CommandSender.BETWEEN_FORGETS, sender::forgetOnce);
        duties.start("schedule-commands-count", CommandMeters.PERIOD, meters::countOnce);
    }
}
