package dev.millrace.api.fleet;

import dev.millrace.api.quarantine.Quarantine;
import dev.millrace.api.quarantine.Sieve;
import dev.millrace.api.tasks.TaskCatalog;
import dev.millrace.fleet.FleetEntry;
import dev.millrace.fleet.WorkerNews;
import dev.millrace.stream.BatchReader;
import dev.millrace.stream.FleetCodec;
import dev.millrace.stream.GroupReader;
import dev.millrace.stream.Reading;
import dev.millrace.stream.StreamEntry;
import dev.millrace.stream.StreamNames;
import java.time.InstantSource;

/**
 * Brings news of workers into the catalog. An entry is acknowledged after its commit; while PostgreSQL is away, what is
 * in hand is kept and tried again, and when this process dies another instance claims it. For one thread.
 */
final class FleetReader {

    private static final int BATCH = 200;

    private final BatchReader reader;
    private final Sieve<FleetEntry> sieve;
    private final TaskCatalog catalog;

    FleetReader(GroupReader group, TaskCatalog catalog, Quarantine quarantine, InstantSource clock) {
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
            case Reading.Understood<WorkerNews>(WorkerNews news) -> vetted(new FleetEntry(entry.id(), news));
            case Reading.Refused<WorkerNews>(String why) -> new Reading.Refused<>(why);
        };
    }

    private Reading<FleetEntry> vetted(FleetEntry news) {
        return catalog.isUsable(news)
                ? new Reading.Understood<>(news)
                : new Reading.Refused<>("It offers a task whose schemas cannot be used.");
    }
}
