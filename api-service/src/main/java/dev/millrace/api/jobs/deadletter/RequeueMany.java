package dev.millrace.api.jobs.deadletter;

import dev.millrace.api.base.page.Keyset;
import dev.millrace.api.jobs.requeue.Requeue;
import dev.millrace.postgres.Db;
import dev.millrace.postgres.Tx;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.sqlclient.Row;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.LongSupplier;

/** Requeues open dead letters by a filter, those that failed first first, page by page, each page in one commit. */
@Singleton
public class RequeueMany {

    private static final int PAGE = 500;
    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** Clients and proxies wait for half a minute, as a rule. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final String COUNT = "select count(*) from api.dead_letter where " + Filter.WHERE;
    private static final String NEXT = "select id, failed_at from api.dead_letter where " + Filter.WHERE
            + " and (failed_at, id) > ($9, $10) order by failed_at, id limit $11";

    private final Db db;
    private final Requeue requeue;
    private final LongSupplier nanos;

    public RequeueMany(Db db, Requeue requeue, LongSupplier nanos) {
        this.db = db;
        this.requeue = requeue;
        this.nanos = nanos;
    }

    /**
     * What was done.
     *
     * @param matched how many open letters passed the filter when it began
     * @param requeued how many of them this call has requeued
     */
    @RegisterForReflection
    public record Requeued(long matched, int requeued) {}

    /** A page that is behind us; of its letters others may have taken some. */
    private record Page(int letters, int requeued, Keyset end) {}

    Requeued count(Filter filter) {
        return new Requeued(matching(filter), 0);
    }

    /**
     * Ends when the limit is reached, no letter is left, or 20 s have passed. If PostgreSQL goes away in between, the pages
     * before stand.
     */
    Requeued requeue(Filter filter, int limit) {
        long begun = nanos.getAsLong();
        long matched = matching(filter);
        int requeued = 0;
        Page page = new Page(PAGE, 0, Keyset.START);
        while (requeued < limit && page.letters() > 0 && nanos.getAsLong() - begun < PATIENCE.toNanos()) {
            Keyset behind = page.end();
            int most = Math.min(PAGE, limit - requeued);
            page = db.transaction(LIMIT, tx -> page(tx, filter, behind, most));
            requeue.committed(page.requeued());
            requeued += page.requeued();
        }
        return new Requeued(matched, requeued);
    }

    private long matching(Filter filter) {
        return db.session(
                LIMIT,
                tx -> tx.run(COUNT, filter.parameters()).iterator().next().getLong(0));
    }

    private Page page(Tx tx, Filter filter, Keyset behind, int most) {
        List<UUID> letters = new ArrayList<>();
        Keyset end = behind;
        for (Row row : tx.run(NEXT, filter.parameters(behind.at(), behind.id(), most))) {
            end = Keyset.of(row, "failed_at");
            letters.add(end.id());
        }
        return new Page(letters.size(), requeue.letters(tx, letters), end);
    }
}
