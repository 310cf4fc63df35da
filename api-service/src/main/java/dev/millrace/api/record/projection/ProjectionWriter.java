package dev.millrace.api.record.projection;

import dev.millrace.api.base.database.ByKey;
import dev.millrace.api.record.attempts.AttemptRows;
import dev.millrace.api.record.job.EndEffects;
import dev.millrace.api.record.job.PlainEnds;
import dev.millrace.api.record.job.PlainEnds.PlainEnd;
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
import java.util.TreeMap;

/** Writes batches of events to the record; of each job all that belongs together in one commit. */
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

    /**
     * What the record had to say to a batch.
     *
     * @param plain those of its ends that it took and that are plain
     */
    record Written(int unknownRows, int secondEnds, List<PlainEnd> plain) {}

    /** What was done in the transaction, and what is to be done behind it. */
    private record Done(Written written, Runnable afterCommit) {}

    /**
     * Returns after the commit, and after what follows it.
     *
     * @throws BadData if this batch can never be written
     */
    Written write(ProjectionBatch batch) {
        Done done = batch.onlyPart()
                .filter(part -> part.values().stream().noneMatch(this::isFollowed))
                .map(part -> db.vettingEach(AT_MOST, tx -> writeAlone(tx, batch, part)))
                .orElseGet(() -> db.vetting(AT_MOST, tx -> write(tx, batch)));
        done.afterCommit().run();
        return done.written();
    }

    private boolean isFollowed(JobStatus change) {
        return change.ended() != null && effects.follows(change.state());
    }

    /**
     * Where nothing but rows of jobs is to be written, each statement is a commit of its own: the plain ends, and what is left to
     * the fold, if anything is. A job is in one of the two.
     */
    private Done writeAlone(Tx tx, ProjectionBatch batch, SequencedMap<JobId, JobStatus> part) {
        List<PlainEnd> plain = PlainEnds.end(tx, part);
        SequencedMap<JobId, JobStatus> rest = new TreeMap<>(part);
        plain.forEach(end -> rest.remove(end.job()));
        Folding folding = new Folding(batch);
        plain.forEach(end -> folding.ended(end.job(), part));
        if (!rest.isEmpty()) {
            folding.fold(tx, rest);
        }
        return folding.done(plain, effects.ended(tx, folding.ends));
    }

    /** The parts one after the other: those of a job lie between its ends, and a row takes one end at a time. */
    private Done write(Tx tx, ProjectionBatch batch) {
        quarantine.write(tx, batch.unreadable());
        Folding folding = new Folding(batch);
        batch.parts().forEach(part -> folding.fold(tx, part));
        AttemptRows.insert(tx, batch.attempts());
        Runnable ordered = effects.ordered(tx, batch.ordered());
        Runnable ended = effects.ended(tx, folding.ends);
        return folding.done(List.of(), () -> {
            ordered.run();
            ended.run();
        });
    }

    /** Counts what a batch meets in the rows, and gathers the ends that these take. */
    private static final class Folding {

        private final ProjectionBatch batch;
        private final List<RecordedEnd> ends = new ArrayList<>();
        private int unknownRows;
        private int secondEnds;

        private Folding(ProjectionBatch batch) {
            this.batch = batch;
        }

        private void fold(Tx tx, SequencedMap<JobId, JobStatus> part) {
            List<Folded> rows = StatusRows.fold(tx, part);
            unknownRows += part.size() - rows.size();
            secondEnds += (int) rows.stream()
                    .filter(row -> isSecondEnd(row, status(part, row.job())))
                    .count();
            rows.stream()
                    .filter(row -> row.moved() && status(part, row.job()).ended() != null)
                    .forEach(row -> ended(row.job(), part));
        }

        private void ended(JobId job, SequencedMap<JobId, JobStatus> part) {
            ends.add(batch.end(job, status(part, job).position()));
        }

        private Done done(List<PlainEnd> plain, Runnable afterCommit) {
            return new Done(new Written(unknownRows, secondEnds, plain), afterCommit);
        }
    }

    private static JobStatus status(SequencedMap<JobId, JobStatus> part, JobId job) {
        return Objects.requireNonNull(part.get(job), "Only rows of the part are folded.");
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
