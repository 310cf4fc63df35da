package dev.millrace.api.catalog.queues;

import dev.millrace.api.record.job.WaitingRows;
import dev.millrace.job.QueueName;
import dev.millrace.postgres.Columns;
import dev.millrace.postgres.Tx;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table {@code api.queue_setting}, and what PostgreSQL knows of the jobs of queues. */
final class QueueRows {

    private static final String COLUMNS = "queue, paused_at, paused_reason, priority, slots, version";

    private static final String ALL = "select " + COLUMNS + " from api.queue_setting";

    private static final String ONE = ALL + " where queue = $1";

    private static final String LOCK = ONE + " for update";

    /** A row to lock, of a queue of which nothing was set. */
    private static final String ENSURE =
            "insert into api.queue_setting (queue, version) values ($1, 0) on conflict do nothing";

    private static final String WRITE = """
        update api.queue_setting set paused_at = case when $2::boolean then coalesce(paused_at, now()) end,
            paused_reason = $3::text, priority = $4::int, slots = $5::int, version = version + 1, changed_at = now()
        where queue = $1
            and (paused_at is not null, paused_reason, priority, slots)
                is distinct from ($2::boolean, $3::text, $4::int, $5::int)
        returning\s""" + COLUMNS;

    private static final String COUNTS = """
            select queue, coalesce(sum(n) filter (where state = 'QUEUED'), 0)::bigint as queued,
                coalesce(sum(n) filter (where state = 'SCHEDULED'), 0)::bigint as scheduled,
                coalesce(sum(n) filter (where state = 'RETRYING'), 0)::bigint as retrying
            from api.job_count where queue = any($1) and state in ('QUEUED', 'SCHEDULED', 'RETRYING') group by queue""";

    static final String DEAD = """
            select q.name, dead.n as dead from unnest($1::text[]) as q (name) cross join lateral (
                select count(*) as n from (
                    select from api.dead_letter d where d.queue = q.name and d.open limit 100000) as counted) as dead""";

    private QueueRows() {}

    /**
     * What PostgreSQL knows of a queue's jobs, those of all tenants together.
     *
     * @param queued jobs that may run at once, be they in Redis or not
     * @param parked whether some of them wait here for room in Redis
     * @param dueSoon jobs that are due within a minute, of which 100,000 are counted
     * @param dead open dead letters, of which 100,000 are counted
     */
    record Recorded(long queued, boolean parked, long scheduled, long retrying, long dueSoon, long dead) {

        static final Recorded NOTHING = new Recorded(0, false, 0, 0, 0, 0);

        private Recorded counted(long ofQueued, long ofScheduled, long ofRetrying) {
            return new Recorded(ofQueued, parked, ofScheduled, ofRetrying, dueSoon, dead);
        }

        private Recorded waiting(boolean someParked, long soon) {
            return new Recorded(queued, someParked, scheduled, retrying, soon, dead);
        }

        private Recorded dead(long letters) {
            return new Recorded(queued, parked, scheduled, retrying, dueSoon, letters);
        }
    }

    static List<QueueSetting> all(Tx tx) {
        return tx.list(QueueSetting::of, ALL);
    }

    static Optional<QueueSetting> find(Tx tx, QueueName queue) {
        return tx.first(QueueSetting::of, ONE, queue.value());
    }

    /** Locks what is set of a queue until the end of the transaction; empty if nothing ever was. */
    static Optional<QueueSetting> lock(Tx tx, QueueName queue) {
        return tx.first(QueueSetting::of, LOCK, queue.value());
    }

    /** As {@link #lock}, also if nothing ever was. */
    static QueueSetting lockOrAdd(Tx tx, QueueName queue) {
        tx.run(ENSURE, queue.value());
        return lock(tx, queue).orElseThrow();
    }

    /** Pauses it or lets it go on; returns what stands now. Its row is locked. */
    static QueueSetting pause(Tx tx, QueueSetting before, boolean paused, @Nullable String reason) {
        return write(tx, before, paused, reason);
    }

    /** Sets what is other than it was; returns what stands now. Its row is locked. */
    static QueueSetting write(Tx tx, QueueSetting wanted) {
        return write(tx, wanted, wanted.paused(), wanted.pauseReason());
    }

    private static QueueSetting write(Tx tx, QueueSetting wanted, boolean paused, @Nullable String reason) {
        return tx.first(
                        QueueSetting::of,
                        WRITE,
                        wanted.queue().value(),
                        paused,
                        reason,
                        wanted.priority(),
                        wanted.slots())
                .orElse(wanted);
    }

    /** What is known of each of these queues, found by keys however many jobs there are. */
    static Map<QueueName, Recorded> recorded(Tx tx, Collection<QueueName> queues) {
        Map<QueueName, Recorded> recorded = new HashMap<>();
        queues.forEach(queue -> recorded.put(queue, Recorded.NOTHING));
        String[] names = new Columns<>(queues).texts(QueueName::value);
        tx.run(COUNTS, (Object) names)
                .forEach(row -> recorded.computeIfPresent(
                        new QueueName(row.getString("queue")),
                        (queue, known) -> known.counted(
                                row.getLong("queued"), row.getLong("scheduled"), row.getLong("retrying"))));
        tx.run(WaitingRows.OF_QUEUES, (Object) names)
                .forEach(row -> recorded.computeIfPresent(
                        new QueueName(row.getString("name")),
                        (queue, known) -> known.waiting(row.getBoolean("parked"), row.getLong("due_soon"))));
        tx.run(DEAD, (Object) names)
                .forEach(row -> recorded.computeIfPresent(
                        new QueueName(row.getString("name")), (queue, known) -> known.dead(row.getLong("dead"))));
        return recorded;
    }
}
