package dev.millrace.api.jobs.cancel;

import dev.millrace.api.base.page.Keyset;
import dev.millrace.api.jobs.cancel.EndWithoutRedis.Ended;
import dev.millrace.api.live.events.EndListener;
import dev.millrace.job.JobId;
import dev.millrace.job.QueueName;
import dev.millrace.postgres.Db;
import dev.millrace.postgres.Tx;
import dev.millrace.stream.jobs.Batch;
import dev.millrace.stream.jobs.Cancelling;
import dev.millrace.stream.jobs.Cancelling.Cancel;
import io.vertx.sqlclient.Row;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Ends jobs that are to end without success, page by page: through Redis, or in PostgreSQL what is nowhere in Redis. Runs in
 * every api instance; rows that another one holds are passed over. To ask for an end twice changes nothing.
 */
@Singleton
public class EndPages {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Db db;
    private final Cancelling streams;
    private final EndWithoutRedis endings;
    private final EndListener listener;

    public EndPages(Db db, Cancelling streams, EndWithoutRedis endings, EndListener listener) {
        this.db = db;
        this.streams = streams;
        this.endings = endings;
        this.listener = listener;
    }

    /** A walk over all of these jobs, which begins anew after the last page. */
    public Walk over(Unended jobs) {
        return new Walk(jobs);
    }

    private record Page(int jobs, Keyset end, Ended ended) {}

    /** For one thread. */
    public final class Walk {

        private final Unended jobs;
        private Keyset place = Keyset.START;

        private Walk(Unended jobs) {
            this.jobs = jobs;
        }

        /** Ends a page of them. Goes on at once while there are more. */
        public Duration endOnce() {
            if (!anyBehind(place)) {
                place = Keyset.START;
                return jobs.pause();
            }
            Page page = db.transaction(LIMIT, this::page);
            page.ended().committed(listener);
            boolean last = page.jobs() < Batch.MAX;
            place = last ? Keyset.START : page.end();
            return last ? jobs.pause() : Duration.ZERO;
        }

        /** One statement, for the many turns that find nothing. */
        private boolean anyBehind(Keyset place) {
            return db.session(
                    LIMIT,
                    tx -> tx.run(jobs.any(), place.at(), place.id(), 1)
                            .iterator()
                            .next()
                            .getBoolean(0));
        }

        private Page page(Tx tx) {
            List<Cancel> cancels = new ArrayList<>();
            Keyset end = place;
            for (Row row : tx.run(jobs.page(), place.at(), place.id(), Batch.MAX)) {
                end = Keyset.of(row, "time");
                cancels.add(new Cancel(
                        new JobId(end.id()), new QueueName(row.getString("queue")), row.getLong("run"), jobs.end()));
            }
            return new Page(cancels.size(), end, ended(tx, cancels));
        }

        private Ended ended(Tx tx, List<Cancel> cancels) {
            return cancels.isEmpty()
                    ? Ended.NONE
                    : endings.end(tx, jobs.end(), EndWithoutRedis.among(cancels, streams.cancel(cancels)));
        }
    }
}
