package dev.millrace.api.fleet;

import dev.millrace.api.tasks.TaskCatalog;
import dev.millrace.fleet.FleetEntry;
import dev.millrace.stream.FleetCodec;
import dev.millrace.stream.FleetCodec.Reading;
import dev.millrace.stream.GroupReader;
import dev.millrace.stream.StreamEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Brings news of workers into the catalog. An entry is acknowledged after its commit; while PostgreSQL is away, what is
 * in hand is kept and tried again, and when this process dies another instance claims it. For one thread.
 */
final class FleetReader {

    private static final Logger LOG = Logger.getLogger(FleetReader.class);
    private static final int BATCH = 200;
    private static final Duration BLOCK = Duration.ofSeconds(1);
    private static final Duration ABANDONED = Duration.ofSeconds(30);
    private static final Duration BETWEEN_CLAIMS = Duration.ofSeconds(5);

    private final GroupReader reader;
    private final TaskCatalog catalog;
    private final InstantSource clock;
    private List<StreamEntry> inHand = List.of();
    private Instant nextClaim = Instant.MIN;

    FleetReader(GroupReader reader, TaskCatalog catalog, InstantSource clock) {
        this.reader = reader;
        this.catalog = catalog;
        this.clock = clock;
    }

    /** Waits up to a second for news and brings them into the catalog. */
    void readOnce() {
        if (inHand.isEmpty()) {
            inHand = next();
        }
        catalog.apply(
                inHand.stream().map(FleetReader::news).flatMap(Optional::stream).toList());
        reader.acknowledge(inHand.stream().map(StreamEntry::id).toList());
        inHand = List.of();
    }

    private List<StreamEntry> next() {
        Instant now = clock.instant();
        if (now.isBefore(nextClaim)) {
            return reader.read(BATCH, BLOCK);
        }
        nextClaim = now.plus(BETWEEN_CLAIMS);
        List<StreamEntry> abandoned = reader.claim(BATCH, ABANDONED);
        return abandoned.isEmpty() ? reader.read(BATCH, BLOCK) : abandoned;
    }

    private static Optional<FleetEntry> news(StreamEntry entry) {
        return switch (FleetCodec.decode(entry.fields())) {
            case Reading.Understood understood -> Optional.of(new FleetEntry(entry.id(), understood.news()));
            case Reading.Refused refused -> {
                LOG.warnf("Entry %s of the fleet stream is passed over. %s", entry.id(), refused.why());
                yield Optional.empty();
            }
        };
    }
}
