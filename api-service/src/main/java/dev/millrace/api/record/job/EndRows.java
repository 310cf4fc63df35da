package dev.millrace.api.record.job;

/** Rows of jobs that have ended, lately or long ago, and of those that are to end without success, as statements. */
public final class EndRows {

    /**
     * Selects id, finished_at and ended_position of up to {@code $3} that ended in the last minute, in the order of time and
     * id from behind {@code ($1, $2)}.
     */
    public static final String LATEST = """
            select id, finished_at, ended_position from api.job
            where finished_at > now() - interval '60 seconds' and (finished_at, id) > ($1, $2)
            order by finished_at, id limit $3""";

    /**
     * Deletes up to {@code $3} that ended more than {@code $1} seconds ago, the oldest from the time {@code $2} on, but none
     * with an open dead letter and none whose result nobody wanted; returns when they ended, as {@code at}. A row that
     * somebody else has locked is passed over.
     */
    public static final String DELETE = deleteOld("not j.ignore_result");

    /** As {@link #DELETE}, of those whose result nobody wanted. */
    public static final String DELETE_IGNORED = deleteOld("j.ignore_result");

    /** As {@link #DELETE}, of those with an open dead letter of that age. */
    public static final String DELETE_DEAD = """
            delete from api.job where id = any(array(
                select j.id from api.dead_letter d join api.job j on j.id = d.job
                where d.open and d.failed_at < now() - make_interval(secs => $1) and d.failed_at >= $2
                    and j.finished_at < now() - make_interval(secs => $1)
                order by d.failed_at limit $3 for update of j skip locked))
            returning finished_at as at""";

    /**
     * Notes on the job of tenant {@code $1} with id {@code $2}, if it has not ended, that it is to be cancelled for the reason
     * {@code $3}; what was noted first stands. Selects its queue, run and state as they were. Whoever enqueues holds the
     * row's lock, or reads it later and lets it be.
     */
    public static final String WANT_CANCELLED = """
            with found as (
                select id, queue, run, state, finished_at from api.job where tenant = $1 and id = $2 for update),
            asked as (
                update api.job j set cancel_requested = coalesce(j.cancel_requested, now()),
                    cancel_reason = coalesce(j.cancel_reason, $3)
                from found where j.id = found.id and found.finished_at is null)
            select queue, run, state from found""";

    /**
     * Selects and locks id, queue, run and {@code time} of up to {@code $3} whose cancel was wanted 15 s ago or earlier, in the
     * order of time and id from behind {@code ($1, $2)}. Rows that others hold are passed over.
     */
    public static final String CANCEL_OVERDUE = """
            select id, queue, run, cancel_requested as time from api.job
            where cancel_requested <= now() - interval '15 seconds' and %s
                and (cancel_requested, id) > ($1, $2)
            order by cancel_requested, id limit $3 for update skip locked""".formatted(JobPredicates.LIVE);

    /** As {@link #CANCEL_OVERDUE}, of those that have expired and that no worker runs. */
    public static final String EXPIRED = """
            select id, queue, run, expires_at as time from api.job
            where expires_at <= now() and %s and state <> 'RUNNING' and (expires_at, id) > ($1, $2)
            order by expires_at, id limit $3 for update skip locked""".formatted(JobPredicates.LIVE);

    private EndRows() {}

    private static String deleteOld(String which) {
        return """
            delete from api.job where id = any(array(
                select j.id from api.job j
                where j.finished_at < now() - make_interval(secs => $1) and j.finished_at >= $2 and %s
                    and not exists (select from api.dead_letter d where d.job = j.id and d.open)
                order by j.finished_at limit $3 for update of j skip locked))
            returning finished_at as at""".formatted(which);
    }
}
