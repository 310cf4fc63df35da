package dev.millrace.api.jobs.cancel;

import dev.millrace.api.live.events.EndListener;
import dev.millrace.api.record.job.EndEffect;
import dev.millrace.api.record.job.EndEffects;
import dev.millrace.api.record.job.RecordedEnd;
import dev.millrace.api.record.job.StatusRows;
import dev.millrace.api.record.job.StatusRows.Ending;
import dev.millrace.job.EntryId;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.job.Position;
import dev.millrace.job.Position.Rank;
import dev.millrace.job.Token;
import dev.millrace.postgres.Tx;
import dev.millrace.stream.jobs.Cancelling.Cancel;
import dev.millrace.stream.jobs.Cancelling.Cancellation;
import dev.millrace.stream.jobs.RedisEpoch;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Ends in PostgreSQL what Redis has just said to be nowhere. */
@Singleton
public class EndWithoutRedis {

    private final RedisEpoch epochs;
    private final EndEffects effects;

    public EndWithoutRedis(RedisEpoch epochs, EndEffects effects) {
        this.epochs = epochs;
        this.effects = effects;
    }

    /**
     * Jobs that a transaction has ended.
     *
     * @param positions where their ends stand
     */
    record Ended(Map<JobId, Position> positions, Runnable afterCommit) {

        static final Ended NONE = new Ended(Map.of(), EndEffect.NOTHING);

        /** To be called after the commit: does what follows it, and tells of the ends. */
        void committed(EndListener listener) {
            afterCommit.run();
            listener.recorded(positions);
        }
    }

    /** Those of the cancels to which Redis answered NONE. */
    static List<Cancel> among(List<Cancel> cancels, List<Cancellation> answers) {
        return IntStream.range(0, cancels.size())
                .filter(i -> answers.get(i) == Cancellation.NONE)
                .mapToObj(cancels::get)
                .toList();
    }

    /** Ends them for the reason they share; returns those that had not ended. */
    Ended end(Tx tx, JobState reason, List<Cancel> cancels) {
        return cancels.isEmpty() ? Ended.NONE : ended(tx, StatusRows.end(tx, reason, endings(cancels)));
    }

    private Ended ended(Tx tx, List<RecordedEnd> ends) {
        Map<JobId, Position> positions =
                ends.stream().collect(Collectors.toUnmodifiableMap(RecordedEnd::job, RecordedEnd::position));
        return new Ended(positions, effects.ended(tx, ends));
    }

    private List<Ending> endings(List<Cancel> cancels) {
        int epoch = epochs.epoch();
        EntryId now = new EntryId(epochs.time().toEpochMilli(), 0);
        return cancels.stream()
                .map(cancel -> new Ending(
                        cancel.job(), cancel.run(), new Position(new Token(epoch, cancel.run(), 0), Rank.ENDED, now)))
                .toList();
    }
}
