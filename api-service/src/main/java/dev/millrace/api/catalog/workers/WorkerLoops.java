package dev.millrace.api.catalog.workers;

import dev.millrace.api.catalog.tasks.FleetEntry;
import dev.millrace.api.catalog.tasks.TaskCatalog;
import dev.millrace.fleet.WorkerEvent;
import dev.millrace.loop.Duties;
import dev.millrace.loop.Loops;
import dev.millrace.stream.entries.FleetCodec;
import dev.millrace.stream.entries.Reading;
import dev.millrace.stream.entries.StreamEntry;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.groups.GroupMember;
import dev.millrace.stream.groups.StreamConsumer;
import dev.millrace.stream.groups.StreamUpkeep;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;

/** Brings events of workers into the record, and reads the catalog of what other instances brought. */
@ApplicationScoped
class WorkerLoops {

    private static final int BATCH = 200;
    private static final Duration BETWEEN_REFRESHES = Duration.ofSeconds(1);

    private final StreamConsumer<FleetEntry> consumer;
    private final StreamUpkeep upkeep;
    private final TaskCatalog catalog;
    private final Workers workers;
    private final DeclaredWorkflows workflows;

    WorkerLoops(GroupMember member, TaskCatalog catalog, Workers workers, DeclaredWorkflows workflows) {
        this.workflows = workflows;
        this.catalog = catalog;
        this.workers = workers;
        this.consumer = member.consumer(StreamNames.fleet(), BATCH, this::read);
        this.upkeep = member.upkeep(StreamNames.fleet());
    }

    void start(@Observes StartupEvent starting, Loops loops, Duties duties) {
        loops.start("catalog", () -> {
            catalog.refresh();
            return BETWEEN_REFRESHES;
        });
        loops.start("fleet", this::applyOnce);
        duties.start("fleet-trim", StreamUpkeep.PERIOD, upkeep::once);
    }

    /** Brings a batch of events into the record; waits up to a second for one. */
    Duration applyOnce() {
        return consumer.consumeOnce(this::apply);
    }

    /** Several commits: what dies between them is given again, and changes nothing that stands. */
    private void apply(List<FleetEntry> events) {
        catalog.apply(events);
        workers.apply(events);
        workflows.apply(events);
    }

    private Reading<FleetEntry> read(StreamEntry entry) {
        return switch (FleetCodec.decode(entry.fields())) {
            case Reading.Understood<WorkerEvent>(WorkerEvent event) -> usable(new FleetEntry(entry.id(), event));
            case Reading.Refused<WorkerEvent>(String why) -> new Reading.Refused<>(why);
        };
    }

    private Reading<FleetEntry> usable(FleetEntry event) {
        return catalog.isUsable(event)
                ? new Reading.Understood<>(event)
                : new Reading.Refused<>("It offers a task whose schemas cannot be used.");
    }
}
