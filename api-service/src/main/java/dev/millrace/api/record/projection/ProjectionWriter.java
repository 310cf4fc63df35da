package dev.millrace.api.record.projection;

import dev.millrace.api.base.database.ByKey;
import dev.millrace.api.record.attempts.AttemptRows;
import dev.millrace.api.record.job.EndEffects;
import dev.millrace.api.record.job.RecordedEnd;
import dev.millrace.api.record.job.StatusRows;
import dev.millrace.api.record.job.StatusRows.Folded;
import dev.millrace.job.JobId;
import dev.millrace.job.JobStatus;
import dev.millrace.job.JobStatus.End;
import dev.millrace.job.Position;
import dev.millrace.postgres.BadData;
import dev.millrace.postgres.Db;
import dev.millrace.postgres.QuarantineTable;
import dev.millrace.postgres.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;

/** Writes batches of events to the record, each call in one commit. */
@ApplicationScoped
class ProjectionWriter {

    private static final Duration AT_MOST = Duration.ofSeconds(10);

    private final Db db;
    private final QuarantineTable quarantine;
    private final EndEffects effects;

    ProjectionWriter(@ByKey Db db, EndEffects effects) {
        this.db = db;
        this.quarantine = new QuarantineTable(db, "api");
        this.effects = effects;
    }

    /** What the record had to say to a batch. */
    record Written(int unknownRows, int secondEnds) {}

    /** What was done in the transaction, and what is to be done behind it. */
    private record Done(Written written, Runnable afterCommit) {}

    /**
     * Returns after the commit, and after what follows it.
     *
     * @throws BadData if this batch can never be written
     */
    Written write(ProjectionBatch batch) {
        Done done = db.vetting(AT_MOST, tx -> write(tx, batch));
        done.afterCommit().run();
        return done.written();
    }

    /** The parts one after the other: those of a job lie between its ends, and a row takes one end at a time. */
    private Done write(Tx tx, ProjectionBatch batch) {
        quarantine.write(tx, batch.unreadable());
        List<RecordedEnd> ends = new ArrayList<>();
        int unknownRows = 0;
        int secondEnds = 0;
        for (SequencedMap<JobId, JobStatus> part : batch.parts()) {
            List<Folded> rows = StatusRows.fold(tx, part);
            unknownRows += part.size() - rows.size();
            secondEnds += (int) rows.stream()
                    .filter(row -> isSecondEnd(row, status(part, row)))
                    .count();
            rows.stream()
                    .filter(row -> row.moved() && status(part, row).ended() != null)
                    .forEach(row ->
                            ends.add(batch.end(row.job(), status(part, row).position())));
        }
        AttemptRows.insert(tx, batch.attempts());
        return new Done(new Written(unknownRows, secondEnds), effects.ended(tx, ends));
    }

    private static JobStatus status(SequencedMap<JobId, JobStatus> part, Folded row) {
        return Objects.requireNonNull(part.get(row.job()), "Only rows of the part are folded.");
    }

    /** Neither the end that the row had, nor the one that a requeue continued from: these were only told again. */
    private static boolean isSecondEnd(Folded row, JobStatus change) {
        End end = change.ended();
        if (end == null) {
            return false;
        }
        Position before = row.endedBefore();
        Position superseded = row.supersededUpTo();
        boolean late = before != null || (superseded != null && end.position().compareTo(superseded) <= 0);
        return late && !end.position().equals(before) && !end.position().equals(superseded);
    }
}
