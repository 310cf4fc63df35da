package dev.millrace.api.record.orders;

import dev.millrace.api.record.job.EndEffect;
import dev.millrace.api.record.job.RecordedEnd;
import dev.millrace.job.JobEvent.Ordered;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.job.Position;
import dev.millrace.postgres.Columns;
import dev.millrace.postgres.Tx;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes {@code api.job_order}: what runs ordered whose success a row has taken, or that went on, each once. */
public final class OrderRows implements EndEffect {

    private static final String INSERT = """
            insert into api.job_order (parent, position, tenant, priority, trace_parent, orders)
            select j.id, o.position, j.tenant, j.priority, j.trace_parent, o.orders
            from unnest($1::uuid[], $2::bytea[], $3::text[]) as o (parent, position, orders)
            join api.job j on j.id = o.parent
            on conflict (parent, position) do nothing""";

    private final Runnable whenThereAreNew;

    /** @param whenThereAreNew is called after the commit */
    public OrderRows(Runnable whenThereAreNew) {
        this.whenThereAreNew = whenThereAreNew;
    }

    /** A batch in which an end carries orders is written in a transaction for that alone; of other ends nothing follows here. */
    @Override
    public boolean follows(JobState state) {
        return false;
    }

    @Override
    public Runnable ended(Tx tx, List<RecordedEnd> ends) {
        List<RecordedEnd> ordering =
                ends.stream().filter(end -> end.orders() != null).toList();
        return insert(tx, ordering, RecordedEnd::job, RecordedEnd::position, RecordedEnd::orders);
    }

    @Override
    public Runnable ordered(Tx tx, List<Ordered> orders) {
        return insert(tx, orders, Ordered::job, Ordered::position, Ordered::orders);
    }

    private <T> Runnable insert(
            Tx tx,
            List<T> ordering,
            Function<T, JobId> job,
            Function<T, @Nullable Position> position,
            Function<T, @Nullable String> orders) {
        if (ordering.isEmpty()) {
            return NOTHING;
        }
        Columns<T> of = new Columns<>(ordering);
        tx.run(INSERT, of.uuids(one -> job.apply(one).uuid()), of.positions(position), of.texts(orders));
        return whenThereAreNew;
    }
}
