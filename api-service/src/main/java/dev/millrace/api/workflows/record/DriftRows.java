package dev.millrace.api.workflows.record;

import dev.millrace.postgres.Tx;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds workflows whose nodes count otherwise than their members stand, as part of a transaction that has locked them. */
public final class DriftRows {

    private static final String HOLD = """
            select id from api.workflow where finished_at is null and ($1::uuid is null or id > $1)
            order by id limit $2 for no key update skip locked""";

    /**
     * What the members of a node make, less what it has counted and what is on its way to it, is told to it as if it were news. Nodes
     * whose members are no jobs, or of which a job has made a graph, are not looked at.
     */
    private static final String MEND = """
            insert into api.flow_mail (workflow, number, run, succeeded, failed)
            select n.workflow, n.number, n.run,
                stand.succeeded - n.succeeded - mail.succeeded, stand.failed - n.failed - mail.failed
            from api.node n
            cross join lateral (
                select count(*) as members, count(*) filter (where j.state = 'SUCCEEDED') as succeeded,
                    count(*) filter (where j.finished_at is not null and j.state <> 'SUCCEEDED') as failed
                from api.job j
                where j.workflow = n.workflow and j.node = n.number and j.node_run = n.run and j.member >= 0) stand
            cross join lateral (
                select coalesce(sum(m.succeeded), 0) as succeeded, coalesce(sum(m.failed), 0) as failed
                from api.flow_mail m where m.workflow = n.workflow and m.number = n.number and m.run = n.run and m.kind is null) mail
            where n.workflow = any($1) and n.state = 'RUNNING' and n.grafts = 0 and stand.members > 0
                and (stand.succeeded <> n.succeeded + mail.succeeded or stand.failed <> n.failed + mail.failed)
            returning workflow""";

    /** A turn of a workflow that has nothing to do changes nothing, so that one too many does no harm. */
    private static final String WAKE = """
            insert into api.flow_mail (workflow)
            select w.id from api.workflow w
            where w.id = any($1) and w.state = 'RUNNING' and w.due_at is null and w.created_at < now() - make_interval(secs => $2)
                and not exists (select from api.flow_mail m where m.workflow = w.id)
                and not exists (select from api.job j where j.workflow = w.id and j.node >= 0 and j.finished_at is null)
            returning workflow""";

    private DriftRows() {}

    /** Locks up to so many that live, in the order of their ids from behind one on; passes over those that somebody has locked. */
    public static List<UUID> hold(Tx tx, @Nullable UUID behind, int atMost) {
        return tx.list(row -> row.getUUID("id"), HOLD, behind, atMost);
    }

    /** Tells nodes of these workflows what they miss. Returns how many nodes do. */
    public static int mend(Tx tx, Collection<UUID> held) {
        return tx.run(MEND, (Object) held.toArray(UUID[]::new)).rowCount();
    }

    /** Wakes those that are that old, run, and of which nothing is under way that would wake them. Returns how many. */
    public static int wake(Tx tx, Collection<UUID> held, double olderThanSeconds) {
        return tx.run(WAKE, held.toArray(UUID[]::new), olderThanSeconds).rowCount();
    }
}
