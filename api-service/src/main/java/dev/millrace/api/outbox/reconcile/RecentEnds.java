package dev.millrace.api.outbox.reconcile;

import dev.millrace.api.base.page.Keyset;
import dev.millrace.api.record.job.EndRows;
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
import java.util.ArrayList;
import java.util.List;

/**
 * Writes to an empty Redis which jobs have ended in the last minute: whoever read one as live shortly before could still
 * enqueue it.
 */
final class RecentEnds {

    private static final int PAGE = 1_000;
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private record Page(List<EndedRun> runs, Keyset end) {}

    private RecentEnds() {}

    /** Returns how many there were. */
    static long mark(Db db, RedisEpoch streams) {
        return db.session(LIMIT, tx -> {
            long marked = 0;
            for (Page page = page(tx, Keyset.START); !page.runs().isEmpty(); page = page(tx, page.end())) {
                mark(page.runs(), streams);
                marked += page.runs().size();
            }
            return marked;
        });
    }

    private static Page page(Tx tx, Keyset after) {
        List<EndedRun> runs = new ArrayList<>();
        Keyset end = after;
        for (Row row : tx.run(EndRows.LATEST, after.at(), after.id(), PAGE)) {
            Token token =
                    Position.unpack(row.getBuffer("ended_position").getBytes()).token();
            runs.add(new EndedRun(new JobId(row.getUUID("id")), token.epoch(), token.run()));
            end = Keyset.of(row, "finished_at");
        }
        return new Page(runs, end);
    }

    private static void mark(List<EndedRun> runs, RedisEpoch streams) {
        Batch.parts(runs).forEach(streams::markEnded);
    }
}
