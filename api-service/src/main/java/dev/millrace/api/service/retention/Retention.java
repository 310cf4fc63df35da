package dev.millrace.api.service.retention;

import dev.millrace.api.base.quarantine.Sieve;
import dev.millrace.job.JobId;
import dev.millrace.stream.entries.StreamEntry;
import dev.millrace.stream.groups.BatchReader;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests for retention: those that wait together with one round. They are acknowledged at its end; while
 * PostgreSQL is away the round stands still, and when this process dies another instance claims them. For one thread.
 */
final class Retention {

    static final int BATCH = 100;
    private static final Duration BETWEEN_STEPS = Duration.ofMillis(50);

    private final BatchReader reader;
    private final Sieve<JobId> sieve;
    private final Supplier<DeletionRound> rounds;
    private @Nullable DeletionRound round;

    Retention(BatchReader reader, Sieve<JobId> sieve, Supplier<DeletionRound> rounds) {
        this.reader = reader;
        this.sieve = sieve;
        this.rounds = rounds;
    }

    /** Waits up to a second for a request, or does one step of the round; says how long to pause, for others' sake. */
    Duration turnOnce() {
        DeletionRound current = round;
        if (current == null) {
            begin(reader.batch());
            return Duration.ZERO;
        }
        return goOn(current);
    }

    private void begin(List<StreamEntry> entries) {
        sieve.pass(entries, requests -> round = rounds.get());
        if (round == null) {
            reader.done();
        }
    }

    private Duration goOn(DeletionRound current) {
        if (current.done()) {
            reader.done();
            round = null;
            return Duration.ZERO;
        }
        current.step();
        return BETWEEN_STEPS;
    }
}
