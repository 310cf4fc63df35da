package dev.millrace.api.record.projection;

import dev.millrace.job.JobError;
import dev.millrace.job.JobEvent.Ended;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.job.Position;
import dev.millrace.job.Position.Rank;
import dev.millrace.job.Token;
import dev.millrace.stream.entries.StreamEntry;
import java.time.Instant;

/** What is left of an end that cannot be used as it is: enough to end its job, so that nobody waits forever. */
public final class SubstituteEnd {

    private SubstituteEnd() {}

    /** FAILED, with {@link JobError#QUARANTINED} and the reason, at the time at which Redis took the entry. */
    static Ended endOf(StreamEntry entry, JobId job, String reason) {
        JobError error = new JobError(
                JobError.QUARANTINED,
                "The end of this job could not be recorded: " + reason + " What was reported is in quarantine as entry "
                        + entry.id() + ".",
                null);
        return new Ended(
                job,
                positionOf(entry),
                Math.clamp(number(entry, "attempt"), 1, Integer.MAX_VALUE),
                Instant.ofEpochMilli(entry.id().millis()),
                JobState.FAILED,
                null,
                null,
                error);
    }

    /** Where the end stands for which such an entry is taken. */
    public static Position positionOf(StreamEntry entry) {
        return new Position(token(entry), Rank.ENDED, entry.id());
    }

    private static Token token(StreamEntry entry) {
        try {
            return new Token(
                    Math.toIntExact(number(entry, "epoch")),
                    number(entry, "run"),
                    Math.toIntExact(number(entry, "delivery")));
        } catch (IllegalArgumentException | ArithmeticException outOfRange) {
            return Token.ZERO;
        }
    }

    private static long number(StreamEntry entry, String field) {
        try {
            return Long.parseLong(entry.fields().getOrDefault(field, "0"));
        } catch (NumberFormatException notNumber) {
            return 0;
        }
    }
}
