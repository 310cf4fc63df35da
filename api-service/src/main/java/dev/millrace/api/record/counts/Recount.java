package dev.millrace.api.record.counts;

import dev.millrace.loop.Loops;
import dev.millrace.postgres.Db;
import dev.millrace.postgres.Tx;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Counts all jobs anew once a day, whichever instance comes first, and puts right what the counts say otherwise. They do so
 * only if somebody changed the table past its triggers, for instance by restoring a part of a backup.
 */
@ApplicationScoped
public class Recount {

    private static final Logger LOG = Logger.getLogger(Recount.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofHours(1);
    private static final Duration LIMIT = Duration.ofMinutes(10);

    /** Whoever comes meanwhile waits here, and then finds that it is done. */
    private static final String BEGIN =
            "update api.job_recount set at = now() where at < now() - interval '1 day' returning at";

    /** One look at both: what they differ by stays the same whatever is committed meanwhile. */
    private static final String CORRECT = """
            with told as (
                select tenant, queue, task, state, sum(n) as n from api.job_count group by tenant, queue, task, state
            ), there as (
                select tenant, queue, task, state, count(*) as n from api.job group by tenant, queue, task, state
            )
            insert into api.job_count as c (tenant, queue, task, state, slot, n)
            select tenant, queue, task, state, pg_backend_pid() % 16, coalesce(there.n, 0) - coalesce(told.n, 0)
            from there full join told using (tenant, queue, task, state)
            where coalesce(there.n, 0) <> coalesce(told.n, 0)
            order by tenant, queue, task, state
            on conflict (tenant, queue, task, state, slot) do update set n = c.n + excluded.n
            returning format('queue=%s task=%s state=%s', queue, task, state) as which""";

    private final Db db;

    Recount(Db db) {
        this.db = db;
    }

    void start(@Observes StartupEvent starting, Loops loops) {
        loops.start("recount", this::recountOnce, LIMIT);
    }

    /** Counts if nobody did for a day; returns how long to wait before the next look. */
    Duration recountOnce() {
        List<String> corrected = db.transaction(LIMIT, Recount::recount);
        if (!corrected.isEmpty()) {
            LOG.warnf(
                    "Jobs were counted wrong, and are counted right now; somebody changed api.job past its triggers. %s",
                    corrected);
        }
        return BETWEEN_LOOKS;
    }

    private static List<String> recount(Tx tx) {
        boolean due = tx.run(BEGIN).rowCount() > 0;
        return due ? tx.list(row -> row.getString("which"), CORRECT) : List.of();
    }
}
