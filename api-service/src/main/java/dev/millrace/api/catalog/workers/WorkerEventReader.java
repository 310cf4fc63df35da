package dev.millrace.api.catalog.workers;

import dev.millrace.api.base.quarantine.Quarantine;
import dev.millrace.api.base.quarantine.Sieve;
import dev.millrace.api.catalog.tasks.TaskCatalog;
import dev.millrace.fleet.FleetEntry;
import dev.millrace.fleet.WorkerEvent;
import dev.millrace.stream.entries.FleetCodec;
import dev.millrace.stream.entries.Reading;
import dev.millrace.stream.entries.StreamEntry;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.groups.BatchReader;
import dev.millrace.stream.groups.GroupReader;
import java.time.InstantSource;

/**
 * Brings news of workers into the catalog. An entry is acknowledged after its commit; while PostgreSQL is away, what is
 * in hand is kept and tried again, and when this process dies another instance claims it. For one thread.
 */
final class WorkerEventReader {

    private static final int BATCH = 200;

    private final BatchReader reader;
    private final Sieve<FleetEntry> sieve;
    private final TaskCatalog catalog;

    WorkerEventReader(GroupReader group, TaskCatalog catalog, Quarantine quarantine, InstantSource clock) {
        this.reader = new BatchReader(group, BATCH, clock);
        this.sieve = new Sieve<>(StreamNames.fleet(), this::read, quarantine);
        this.catalog = catalog;
    }

    /** Waits up to a second for news and brings them into the catalog. */
    void readOnce() {
        sieve.pass(reader.batch(), catalog::apply);
        reader.done();
    }

    private Reading<FleetEntry> read(StreamEntry entry) {
        return switch (FleetCodec.decode(entry.fields())) {
            case Reading.Understood<WorkerEvent>(WorkerEvent news) -> vetted(new FleetEntry(entry.id(), news));
            case Reading.Refused<WorkerEvent>(String why) -> new Reading.Refused<>(why);
        };
    }

    private Reading<FleetEntry> vetted(FleetEntry news) {
        return catalog.isUsable(news)
                ? new Reading.Understood<>(news)
                : new Reading.Refused<>("It offers a task whose schemas cannot be used.");
    }
}
