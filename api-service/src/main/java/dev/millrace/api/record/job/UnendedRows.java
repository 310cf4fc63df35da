package dev.millrace.api.record.job;

/** Rows of jobs that are to end without success, as statements. */
public final class UnendedRows {

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

    private UnendedRows() {}
}
