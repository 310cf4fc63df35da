package dev.millrace.api.jobs.deadletter;

import dev.millrace.api.base.page.Keyset;
import dev.millrace.api.jobs.deadletter.Filter.Condition;
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

/**
 * Requeues or resolves open dead letters by a filter, those that failed first first, page by page, each page in one commit. A
 * call ends when its limit is reached, no letter is left, or 20 s have passed. If PostgreSQL goes away in between, the pages
 * before stand.
 */
@Singleton
public class ManyLetters {

    private static final int PAGE = 500;
    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** Clients and proxies wait for half a minute, as a rule. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Db db;
    private final Requeue requeue;
    private final LongSupplier nanos;

    public ManyLetters(Db db, Requeue requeue, LongSupplier nanos) {
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

    /**
     * What was done.
     *
     * @param matched how many open letters passed the filter when it began
     * @param resolved how many of them this call has resolved
     */
    @RegisterForReflection
    public record Resolved(long matched, int resolved) {}

    /** A page that is behind us; of its letters others may have taken some. */
    private record Page(int letters, int done, Keyset end) {

        private static final Page NONE = new Page(PAGE, 0, Keyset.START);
    }

    private interface Action {

        /** Does it to those of these letters that are still open; returns how many these were. */
        int to(Tx tx, List<UUID> letters);
    }

    Requeued requeue(Selection selected) {
        long matched = matching(selected.filter());
        return new Requeued(matched, each(selected, (tx, letters) -> requeue.letters(tx, letters), requeue::committed));
    }

    Resolved resolve(Selection selected) {
        long matched = matching(selected.filter());
        return new Resolved(matched, each(selected, DeadLetters::resolve, resolved -> {}));
    }

    private interface Committed {
        void letters(int done);
    }

    private int each(Selection selected, Action action, Committed committed) {
        long begun = nanos.getAsLong();
        int limit = selected.dryRun() ? 0 : selected.limit();
        int done = 0;
        Page page = Page.NONE;
        while (done < limit && page.letters() > 0 && nanos.getAsLong() - begun < PATIENCE.toNanos()) {
            Keyset behind = page.end();
            int most = Math.min(PAGE, limit - done);
            page = db.transaction(LIMIT, tx -> page(tx, selected.filter(), behind, most, action));
            committed.letters(page.done());
            done += page.done();
        }
        return done;
    }

    private long matching(Filter filter) {
        Condition condition = filter.condition();
        return db.session(
                LIMIT,
                tx -> tx.number(
                        "select count(*) from api.dead_letter where " + condition.sql(), condition.parameters()));
    }

    private static Page page(Tx tx, Filter filter, Keyset behind, int most, Action action) {
        Condition condition = filter.condition();
        String next =
                "select id, failed_at from api.dead_letter where %s and (failed_at, id) > (%s, %s) order by failed_at, id limit %s"
                        .formatted(
                                condition.sql(),
                                condition.parameter(behind.at()),
                                condition.parameter(behind.id()),
                                condition.parameter(most));
        List<UUID> letters = new ArrayList<>();
        Keyset end = behind;
        for (Row row : tx.run(next, condition.parameters())) {
            end = Keyset.of(row, "failed_at");
            letters.add(end.id());
        }
        return new Page(letters.size(), action.to(tx, letters), end);
    }
}
