package dev.millrace.api.jobs.cancel;

import dev.millrace.api.record.job.StoredJobs;
import dev.millrace.job.EntryId;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.job.Position;
import dev.millrace.job.Position.Rank;
import dev.millrace.job.Token;
import dev.millrace.postgres.Tx;
import dev.millrace.stream.jobs.Cancelling.Cancel;
import dev.millrace.stream.jobs.Cancelling.Cancellation;
import dev.millrace.stream.jobs.JobStreams.Cancel;
import dev.millrace.stream.jobs.JobStreams.Cancellation;
import dev.millrace.stream.jobs.RedisEpoch;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Ends in PostgreSQL what Redis has just said to be nowhere. */
final class EndWithoutRedis {

    /** A job that ended, or was requeued, meanwhile is let alone. */
    private static final String END = """
            with wanted as (
                select j.id, c.position from api.job j
                join unnest($1::uuid[], $2::bigint[], $3::bytea[]) c (id, run, position) using (id)
                where j.finished_at is null and j.run = c.run order by j.id for update of j)
            update api.job j set state = $4, position = wanted.position, ended_position = wanted.position,
                finished_at = now(), due_at = null, parked = null, kept = false,
                version = j.version + 1, changed_at = now()
            from wanted where j.id = wanted.id returning j.id, j.ended_position""";

    private EndWithoutRedis() {}

    /** Those of the cancels to which Redis answered NONE. */
    static List<Cancel> among(List<Cancel> cancels, List<Cancellation> answers) {
        return IntStream.range(0, cancels.size())
                .filter(i -> answers.get(i) == Cancellation.NONE)
                .mapToObj(cancels::get)
                .toList();
    }

    /** Ends them for the reason they share; returns where the ends stand of those that had not ended. */
    static Map<JobId, Position> end(Tx tx, RedisEpoch streams, JobState reason, List<Cancel> cancels) {
        if (cancels.isEmpty()) {
            return Map.of();
        }
        int epoch = streams.epoch();
        EntryId now = new EntryId(streams.time().toEpochMilli(), 0);
        Buffer[] positions = cancels.stream()
                .map(cancel -> new Position(new Token(epoch, cancel.run(), 0), Rank.ENDED, now))
                .map(position -> Buffer.buffer(position.packed()))
                .toArray(Buffer[]::new);
        Map<JobId, Position> ends = new HashMap<>();
        tx.run(
                        END,
                        StoredJobs.uuids(cancels.stream().map(Cancel::job).toList()),
                        cancels.stream().map(Cancel::run).toArray(Long[]::new),
                        positions,
                        reason.name())
                .forEach(row -> ends.put(
                        new JobId(row.getUUID("id")),
                        Position.unpack(row.getBuffer("ended_position").getBytes())));
        return ends;
    }
}
