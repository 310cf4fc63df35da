package dev.millrace.api.fires;

import dev.millrace.api.instance.Instance;
import dev.millrace.api.quarantine.Quarantine;
import dev.millrace.api.quarantine.Sieve;
import dev.millrace.api.submit.Intake;
import dev.millrace.loop.Loops;
import dev.millrace.stream.BatchReader;
import dev.millrace.stream.EntryWriter;
import dev.millrace.stream.GroupReader;
import dev.millrace.stream.RedisLink;
import dev.millrace.stream.ScheduleCodec;
import dev.millrace.stream.StreamNames;
import dev.millrace.stream.StreamUpkeep;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.InstantSource;
import java.util.function.Supplier;

/** Puts the reader of fires together and lets it turn. */
@ApplicationScoped
class FiresSide {

    private final FireReader reader;
    private final StreamUpkeep upkeep;

    FiresSide(
            Supplier<RedisLink> links,
            RedisLink calls,
            StreamNames names,
            Instance instance,
            Intake intake,
            FireCommit commit,
            Quarantine quarantine,
            InstantSource clock) {
        String submit = names.submit();
        GroupReader group = new GroupReader(links.get(), submit, StreamNames.API, instance.name());
        this.reader = new FireReader(
                new BatchReader(group, FireReader.BATCH, clock),
                new Sieve<>(submit, entry -> ScheduleCodec.report(entry.fields()), quarantine),
                intake,
                commit,
                new EntryWriter(calls, StreamNames.schedules()));
        this.upkeep = new StreamUpkeep(calls, names, submit, StreamNames.API);
    }

    void start(@Observes StartupEvent starting, Loops loops) {
        loops.start("fires", reader::decideOnce);
        loops.start("fires-trim", upkeep::once);
    }
}
