package dev.millrace.api.schedules.fires;

import dev.millrace.api.base.instance.Instance;
import dev.millrace.api.base.quarantine.Quarantine;
import dev.millrace.api.base.quarantine.Sieve;
import dev.millrace.api.jobs.accept.Intake;
import dev.millrace.loop.Loops;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.entries.SubmitCodec;
import dev.millrace.stream.groups.BatchReader;
import dev.millrace.stream.groups.EntryWriter;
import dev.millrace.stream.groups.GroupReader;
import dev.millrace.stream.groups.StreamUpkeep;
import dev.millrace.stream.redis.RedisLink;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.InstantSource;
import java.util.function.Supplier;

/** Puts the reader of fires together and lets it turn. */
@ApplicationScoped
class FireLoops {

    private final FireReader reader;
    private final StreamUpkeep upkeep;

    FireLoops(
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
                new Sieve<>(submit, entry -> SubmitCodec.read(entry.fields()), quarantine),
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
