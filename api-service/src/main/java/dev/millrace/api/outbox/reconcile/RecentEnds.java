package dev.millrace.api.outbox.reconcile;

import dev.millrace.job.JobId;
import dev.millrace.job.Position;
import dev.millrace.job.Token;
import dev.millrace.postgres.Db;
import dev.millrace.postgres.Tx;
import dev.millrace.stream.jobs.Batch;
import dev.millrace.stream.jobs.Recording.EndedRun;
import dev.millrace.stream.jobs.RedisEpoch;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Tells an empty Redis which jobs have ended in the last minute: whoever read one as live shortly before could still
 * enqueue it.
 */
final class RecentEnds {

    private static final int PAGE = 1_000;
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private static final String ENDED = """
            select id, finished_at, ended_position from api.job
            where finished_at > now() - interval '60 seconds' and (finished_at, id) > ($1, $2)
            order by finished_at, id limit $3""";

    private record Cursor(OffsetDateTime at, UUID id) {

        static final Cursor START =
                new Cursor(OffsetDateTime.of(1970, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC), new UUID(0, 0));
    }

    private record Page(List<EndedRun> runs, Cursor end) {}

    private RecentEnds() {}

    /** Returns how many there were. */
    static long mark(Db db, RedisEpoch streams) {
        return db.session(LIMIT, tx -> {
            long marked = 0;
            for (Page page = page(tx, Cursor.START); !page.runs().isEmpty(); page = page(tx, page.end())) {
                mark(page.runs(), streams);
                marked += page.runs().size();
            }
            return marked;
        });
    }

    private static Page page(Tx tx, Cursor after) {
        List<EndedRun> runs = new ArrayList<>();
        Cursor end = after;
        for (Row row : tx.run(ENDED, after.at(), after.id(), PAGE)) {
            Token token =
                    Position.unpack(row.getBuffer("ended_position").getBytes()).token();
            runs.add(new EndedRun(new JobId(row.getUUID("id")), token.epoch(), token.run()));
            end = new Cursor(row.getOffsetDateTime("finished_at"), row.getUUID("id"));
        }
        return new Page(runs, end);
    }

    private static void mark(List<EndedRun> runs, RedisEpoch streams) {
        for (int from = 0; from < runs.size(); from += Batch.MAX) {
            streams.markEnded(runs.subList(from, Math.min(runs.size(), from + Batch.MAX)));
        }
    }
}
