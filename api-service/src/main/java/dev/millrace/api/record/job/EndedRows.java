package dev.millrace.api.record.job;

/** Rows of jobs that have ended, lately or long ago, as statements. */
public final class EndedRows {

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

    private EndedRows() {}

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
