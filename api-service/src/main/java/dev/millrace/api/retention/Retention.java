package dev.millrace.api.retention;

import dev.millrace.api.quarantine.Quarantine;
import dev.millrace.api.quarantine.Unreadable;
import dev.millrace.job.JobId;
import dev.millrace.stream.GroupReader;
import dev.millrace.stream.MaintenanceCodec;
import dev.millrace.stream.Reading;
import dev.millrace.stream.StreamEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests for retention: those that wait together with one round. They are acknowledged at its end; while
 * PostgreSQL is away the round stands still, and when this process dies another instance claims them. For one thread.
 */
final class Retention {

    private static final Logger LOG = Logger.getLogger(Retention.class);
    private static final int BATCH = 100;
    private static final Duration BLOCK = Duration.ofSeconds(1);
    private static final Duration ABANDONED = Duration.ofMinutes(1);
    private static final Duration BETWEEN_CLAIMS = Duration.ofSeconds(10);
    private static final Duration BETWEEN_STEPS = Duration.ofMillis(50);

    private final String stream;
    private final GroupReader reader;
    private final Quarantine quarantine;
    private final Supplier<Round> rounds;
    private final InstantSource clock;
    private List<StreamEntry> inHand = List.of();
    private @Nullable Round round;
    private Instant nextClaim = Instant.MIN;

    Retention(String stream, GroupReader reader, Quarantine quarantine, Supplier<Round> rounds, InstantSource clock) {
        this.stream = stream;
        this.reader = reader;
        this.quarantine = quarantine;
        this.rounds = rounds;
        this.clock = clock;
    }

    /** Waits up to a second for a request, or does one step of the round; says how long to pause, for others' sake. */
    Duration turnOnce() {
        if (inHand.isEmpty()) {
            inHand = next();
            return Duration.ZERO;
        }
        Round current = current();
        if (current == null || current.done()) {
            finish();
            return Duration.ZERO;
        }
        current.step();
        return BETWEEN_STEPS;
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

    /** The round that goes on; a new one if somebody asks for it. */
    private @Nullable Round current() {
        if (round == null && isAskedFor()) {
            round = rounds.get();
        }
        return round;
    }

    private boolean isAskedFor() {
        List<Unreadable> unreadable = new ArrayList<>();
        for (StreamEntry entry : inHand) {
            if (MaintenanceCodec.decode(entry.fields()) instanceof Reading.Refused<JobId>(String why)) {
                unreadable.add(Unreadable.of(entry, stream, why));
            }
        }
        keep(unreadable);
        return unreadable.size() < inHand.size();
    }

    private void keep(List<Unreadable> unreadable) {
        quarantine.keep(unreadable);
        unreadable.stream()
                .findFirst()
                .ifPresent(first -> LOG.warnf(
                        "%d entries of %s cannot be read and are in quarantine, from %s on. %s",
                        unreadable.size(), stream, first.entry(), first.reason()));
    }

    private void finish() {
        reader.acknowledge(inHand.stream().map(StreamEntry::id).toList());
        inHand = List.of();
        round = null;
    }
}
