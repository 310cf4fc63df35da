package dev.millrace.api.fleet;

import dev.millrace.api.db.BadData;
import dev.millrace.api.quarantine.Quarantine;
import dev.millrace.api.quarantine.Unreadable;
import dev.millrace.api.tasks.TaskCatalog;
import dev.millrace.fleet.FleetEntry;
import dev.millrace.fleet.WorkerNews;
import dev.millrace.stream.FleetCodec;
import dev.millrace.stream.GroupReader;
import dev.millrace.stream.Reading;
import dev.millrace.stream.StreamEntry;
import dev.millrace.stream.StreamNames;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

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
    private final Quarantine quarantine;
    private final InstantSource clock;
    private List<StreamEntry> inHand = List.of();
    private Instant nextClaim = Instant.MIN;

    FleetReader(GroupReader reader, TaskCatalog catalog, Quarantine quarantine, InstantSource clock) {
        this.reader = reader;
        this.catalog = catalog;
        this.quarantine = quarantine;
        this.clock = clock;
    }

    /** Waits up to a second for news and brings them into the catalog. */
    void readOnce() {
        if (inHand.isEmpty()) {
            inHand = next();
        }
        bring(inHand.stream().map(this::read).toList());
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

    /** An entry and what it turned out to be: one of the two is there. */
    private record Read(
            StreamEntry entry,
            @Nullable FleetEntry news,
            @Nullable Unreadable unreadable) {}

    private Read read(StreamEntry entry) {
        return switch (FleetCodec.decode(entry.fields())) {
            case Reading.Understood<WorkerNews>(WorkerNews news) -> vetted(entry, new FleetEntry(entry.id(), news));
            case Reading.Refused<WorkerNews>(String why) -> unreadable(entry, why);
        };
    }

    private Read vetted(StreamEntry entry, FleetEntry news) {
        return catalog.isUsable(news)
                ? new Read(entry, news, null)
                : unreadable(entry, "It offers a task whose schemas cannot be used.");
    }

    private static Read unreadable(StreamEntry entry, String why) {
        return new Read(entry, null, Unreadable.of(entry, StreamNames.fleet(), why));
    }

    private void bring(List<Read> entries) {
        List<Unreadable> unreadable =
                entries.stream().map(Read::unreadable).filter(Objects::nonNull).toList();
        quarantine.keep(unreadable);
        unreadable.stream()
                .findFirst()
                .ifPresent(first -> LOG.warnf(
                        "%d entries of the fleet stream cannot be read and are in quarantine, from %s on. %s",
                        unreadable.size(), first.entry(), first.reason()));
        apply(entries.stream().filter(entry -> entry.news() != null).toList());
    }

    /** What PostgreSQL does not take is searched for by halves, so that it is passed over alone. */
    private void apply(List<Read> news) {
        try {
            catalog.apply(news.stream().map(Read::news).filter(Objects::nonNull).toList());
        } catch (BadData bad) {
            if (news.size() == 1) {
                bring(List.of(unreadable(news.getFirst().entry(), String.valueOf(bad.getMessage()))));
            } else {
                apply(news.subList(0, news.size() / 2));
                apply(news.subList(news.size() / 2, news.size()));
            }
        }
    }
}
