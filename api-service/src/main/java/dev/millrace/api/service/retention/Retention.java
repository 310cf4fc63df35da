package dev.millrace.api.service.retention;

import dev.millrace.job.JobId;
import dev.millrace.stream.entries.MaintenanceCodec;
import dev.millrace.stream.groups.GroupMember;
import dev.millrace.stream.groups.StreamConsumer;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests for retention: those that wait together with one round. They are acknowledged at its end; while
 * PostgreSQL is away the round stands still, and when this process dies another instance claims them. For one thread.
 */
final class Retention {

    private static final int BATCH = 100;
    private static final Duration BETWEEN_STEPS = Duration.ofMillis(50);

    private final StreamConsumer<JobId> requests;
    private final Supplier<DeletionRound> rounds;
    private @Nullable DeletionRound round;

    Retention(GroupMember member, String stream, Supplier<DeletionRound> rounds) {
        this.requests = member.consumer(stream, BATCH, entry -> MaintenanceCodec.decode(entry.fields()));
        this.rounds = rounds;
    }

    /** Waits up to a second for a request, or does one step of the round; says how long to pause, for others' sake. */
    Duration turnOnce() {
        DeletionRound current = round;
        return current == null ? begin() : goOn(current);
    }

    private Duration begin() {
        if (requests.batch().isEmpty()) {
            requests.done();
        } else {
            round = rounds.get();
        }
        return Duration.ZERO;
    }

    private Duration goOn(DeletionRound current) {
        if (current.done()) {
            requests.done();
            round = null;
            return Duration.ZERO;
        }
        current.step();
        return BETWEEN_STEPS;
    }
}
