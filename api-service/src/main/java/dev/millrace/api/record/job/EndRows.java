package dev.millrace.api.record.job;

import dev.millrace.job.JobState;

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

    /** As {@link #deleteOld(JobState)}, of those whose result nobody wanted, in whichever state. */
    public static final String DELETE_IGNORED = deleteOld("j.ignore_result");

    /** As {@link #deleteOld(JobState)}, of those with an open dead letter of that age. */
    public static final String DELETE_DEAD = """
            delete from api.job where id = any(array(
                select j.id from api.dead_letter d join api.job j on j.id = d.job
                where d.open and d.failed_at < now() - make_interval(secs => $1) and d.failed_at >= $2 and j.workflow is null
                    and j.finished_at < now() - make_interval(secs => $1)
                order by d.failed_at limit $3 for update of j skip locked))
            returning finished_at as at""";

    /**
     * Notes on the jobs of tenant {@code $1} with the ids {@code $2}, where they have not ended, that they are to be cancelled for
     * the reason {@code $3}; what was noted first stands. Selects id, queue, run and state of all as they were. Whoever enqueues
     * holds the row's lock, or reads it later and lets it be.
     */
    public static final String WANT_CANCELLED = """
            with found as materialized (
                select id, queue, run, state, finished_at from api.job
                where tenant = $1 and id = any($2) order by id for update),
            asked as (
                update api.job j set cancel_requested = coalesce(j.cancel_requested, now()),
                    cancel_reason = coalesce(j.cancel_reason, $3)
                from found where j.id = found.id and found.finished_at is null)
            select id, queue, run, state from found""";

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

    /**
     * The tenant of what a client has deleted; nobody's token can have it. The row stays behind without anything that anybody wrote
     * into it: what is still told of the job finds that it has ended, and no other job gets its id before it is deleted as one whose
     * result nobody wanted.
     */
    public static final String NOBODY = "#deleted";

    /** That a workflow {@code w}, or the one at which its tree begins, has not ended: its steps may still refer to what members made. */
    private static final String LIVE_TREE = "(w.finished_at is null"
            + " or exists (select from api.workflow r where r.id = w.root and r.finished_at is null))";

    /**
     * Takes from tenant {@code $1} those of its jobs {@code $2} that have ended, and are no members of workflows that live, with their
     * results, attempts, dead letters, tags and what is known of their orders; returns id and state of all that it has, as they were, and
     * whether it is {@code kept} for a workflow. Locks them in the order of their ids.
     */
    public static final String TAKE_AWAY = """
            with found as materialized (
                select id, state, finished_at, tags, created_at, workflow from api.job
                where tenant = $1 and id = any($2) order by id for update),
            ended as (
                select * from found where finished_at is not null and not exists (
                    select from api.workflow w where w.id = found.workflow and %s)),
            attempts as (delete from api.attempt using ended where job = ended.id),
            letters as (delete from api.dead_letter using ended where job = ended.id),
            children as (delete from api.child using ended where parent = ended.id),
            tags as (
                delete from api.job_tag t using (select id, created_at, unnest(tags) as tag from ended) own
                where t.tenant = $1 and t.tag = own.tag and t.created_at = own.created_at and t.job = own.id),
            husks as (
                update api.job j set tenant = '%s', payload = 'null', tags = '{}', metadata = '{}', trace_parent = null,
                    policy = null, schedule_id = null, cancel_reason = null, progress_message = null, result = null,
                    error_type = null, error_message = null, error_stack = null, ignore_result = true,
                    version = j.version + 1, changed_at = now()
                from ended where j.id = ended.id)
            select id, state, finished_at is not null and not exists (select from ended where ended.id = found.id) as kept
            from found""".formatted(LIVE_TREE, NOBODY);

    /** Drops up to {@code $1} results whose time is up, the oldest first. Rows that others hold are passed over. */
    public static final String DROP_RESULTS = """
            update api.job set result = null, version = version + 1, changed_at = now() where id = any(array(
                select id from api.job
                where result_ttl_ms is not null and result is not null and api.later(finished_at, result_ttl_ms) <= now()
                order by api.later(finished_at, result_ttl_ms) limit $1 for update skip locked))""";

    /**
     * Adds members of workflows that have failed before they could be jobs, whose end stands at the position {@code $10}: they are given in
     * arrays from {@code $1} to {@code $9}, and {@code $11} is their tenant. One that is there stays.
     */
    public static final String BORN_FAILED = """
            insert into api.job (id, tenant, task, queue, priority, payload, body_hash, workflow, node, node_run, member,
                state, finished_at, position, ended_position, error_type, error_message)
            select id, $11, task, queue, 5, 'null', '\\x00', workflow, node, node_run, member,
                'FAILED', now(), $10, $10, error_type, error_message
            from unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::int4[], $6::int4[], $7::int4[],
                $8::text[], $9::text[]) as t (id, task, queue, workflow, node, node_run, member, error_type, error_message)
            order by id on conflict do nothing""";

    /**
     * Deletes up to {@code $3} members of workflows whose tree ended more than {@code $1} seconds ago, from the time {@code $2} on; returns
     * when these did, as {@code at}. The workflows stay until no member of any in the tree is left.
     */
    public static final String DELETE_MEMBERS = """
            with gone as (
                delete from api.job where id = any(array(
                    select j.id from api.workflow w
                    cross join lateral (select w.id union all select c.id from api.workflow c where c.root = w.id) tree
                    join api.job j on j.workflow = tree.id
                    where w.parent is null and w.finished_at < now() - make_interval(secs => $1) and w.finished_at >= $2
                    order by w.finished_at limit $3 for update of j skip locked))
                returning workflow)
            select w.finished_at as at from gone join api.workflow c on c.id = gone.workflow
                join api.workflow w on w.id = coalesce(c.root, c.id)""";

    /**
     * Selects id, tenant, priority, trace_parent and result of up to {@code $1} jobs that stand alone and whose tasks have returned graphs,
     * which nobody has started yet, the oldest first.
     */
    public static final String RETURNED_GRAPHS = """
            select id, tenant, priority, trace_parent, result from api.job
            where workflow is null and state = 'SUCCEEDED' and result like '{"$flow":%' order by finished_at limit $1""";

    /** Writes the result {@code $2} of the job {@code $1} over the graph that its task has returned; returns its id unless somebody has. */
    public static final String SETTLE_GRAPH = """
            update api.job set result = $2, version = version + 1, changed_at = now()
            where id = $1 and workflow is null and state = 'SUCCEEDED' and result like '{"$flow":%' returning id""";

    private EndRows() {}

    /**
     * Deletes up to {@code $3} that ended in this state more than {@code $1} seconds ago, the oldest from the time {@code $2} on, but
     * none with an open dead letter and none whose result nobody wanted; returns when they ended, as {@code at}. A row that
     * somebody else has locked is passed over.
     */
    public static String deleteOld(JobState state) {
        return deleteOld("j.state = '" + state.name() + "' and not j.ignore_result");
    }

    private static String deleteOld(String which) {
        return """
            delete from api.job where id = any(array(
                select j.id from api.job j
                where j.finished_at < now() - make_interval(secs => $1) and j.finished_at >= $2 and j.workflow is null and %s
                    and not exists (select from api.dead_letter d where d.job = j.id and d.open)
                order by j.finished_at limit $3 for update of j skip locked))
            returning finished_at as at""".formatted(which);
    }
}
