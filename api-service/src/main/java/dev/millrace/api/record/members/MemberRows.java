package dev.millrace.api.record.members;

import dev.millrace.api.record.job.EndRows;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.job.Position;
import dev.millrace.postgres.Columns;
import dev.millrace.postgres.Tx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads jobs by their places in workflows, as part of a transaction. */
public final class MemberRows {

    /**
     * Deletes up to {@code $3} workflows inside others whose trees ended more than {@code $1} seconds ago, and that have no member left, from
     * the time {@code $2} on; returns when their trees ended, as {@code at}. A row that somebody else has locked is passed over.
     */
    public static final String DELETE_INNER_WORKFLOWS = """
            with gone as (
                delete from api.workflow where id = any(array(
                    select c.id from api.workflow w join api.workflow c on c.root = w.id
                    where w.parent is null and w.finished_at < now() - make_interval(secs => $1) and w.finished_at >= $2
                        and not exists (select from api.job j where j.workflow = c.id)
                    order by w.finished_at limit $3 for update of c skip locked))
                returning root)
            select w.finished_at as at from gone join api.workflow w on w.id = gone.root""";

    /**
     * As {@link #DELETE_INNER_WORKFLOWS}, of those that are inside no other one, and have none inside any more.
     */
    public static final String DELETE_WORKFLOWS = """
            delete from api.workflow where id = any(array(
                select w.id from api.workflow w
                where w.parent is null and w.finished_at < now() - make_interval(secs => $1) and w.finished_at >= $2
                    and not exists (select from api.job j where j.workflow = w.id)
                    and not exists (select from api.workflow c where c.root = w.id)
                order by w.finished_at limit $3 for update of w skip locked))
            returning finished_at as at""";

    private static final String OF_NODE = " from api.job where workflow = $1 and node = $2 and node_run = $3";

    /** Without the jobs that read pages of items. */
    private static final String MEMBERS_OF_NODE = OF_NODE + " and member >= 0";

    private static final String RESULT = "select result" + OF_NODE + " and member = $4 and state = 'SUCCEEDED'";
    private static final String ERROR = "select error_type, error_message, state" + OF_NODE + " and member = $4";

    private static final String RETURNED = """
            select member, result from api.job j
            where workflow = $1 and node = $2 and node_run = $3 and state = 'SUCCEEDED' and result like '{"$flow":%' and member >= 0
                and not exists (
                    select from api.workflow c
                    where c.parent = j.workflow and c.parent_node = j.node and c.parent_run = j.node_run and c.parent_index = j.member)
            order by member""";

    private static final String SIZE =
            "select coalesce(sum(octet_length(result)), 0)::bigint" + MEMBERS_OF_NODE + " and state = 'SUCCEEDED'";

    private static final String RESULTS = "select member, result" + MEMBERS_OF_NODE
            + " and state = 'SUCCEEDED' and result is not null and result <> 'null'";

    private static final String FAILURES = "select id, member, state, error_type, error_message" + MEMBERS_OF_NODE
            + " and finished_at is not null and state <> 'SUCCEEDED' order by member limit $4";

    private static final String PAGE = "select id, member, state, error_type, error_message"
            + OF_NODE.replace("api.job", "api.job j")
            + " and not exists (select from api.workflow c where c.parent = $1 and c.parent_node = $2 and c.parent_run = $3"
            + " and c.parent_index = j.member) and member > $4 and ($6::text is null or state = $6) order by member limit $5";

    private static final String UNSUCCESSFUL = "select id" + MEMBERS_OF_NODE
            + " and finished_at is not null and state <> 'SUCCEEDED' and ended_position <> $4 order by id";

    private static final String LIVE =
            "select id from api.job where workflow = $1 and node = any($2) and finished_at is null order by id";

    private static final String ALL_LIVE =
            "select id from api.job where workflow = $1 and node >= 0 and finished_at is null order by id";

    private static final String FIRST =
            "select node, node_run, id from api.job where workflow = $1 and member = 0 and node = any($2)";

    private static final String HOLD_WORKFLOWS = """
            select id from api.workflow
            where id in (select workflow from api.job where id = any($1) and workflow is not null)
            order by id for no key update""";

    private static final String CLOSED = """
            select j.id from api.job j left join api.node n on n.workflow = j.workflow and n.number = j.node
            where j.id = any($1) and j.workflow is not null
                and (n.state is distinct from 'RUNNING' or n.run <> j.node_run or n.error_type is not null or n.cause is not null)""";

    private MemberRows() {}

    /** Locks the workflows of which these jobs are members. Whoever changes jobs by hand has to do so before it locks any job. */
    public static void holdWorkflows(Tx tx, Collection<JobId> jobs) {
        tx.run(HOLD_WORKFLOWS, (Object) uuids(jobs));
    }

    /** Those of these jobs that are members of nodes which count them no more; their workflows are locked. */
    public static Set<JobId> closed(Tx tx, Collection<JobId> jobs) {
        return Set.copyOf(tx.list(row -> new JobId(row.getUUID("id")), CLOSED, (Object) uuids(jobs)));
    }

    private static UUID[] uuids(Collection<JobId> jobs) {
        return jobs.stream().map(JobId::uuid).toArray(UUID[]::new);
    }

    /** The members of one run of a node. */
    public record Place(UUID workflow, int node, int run) {}

    /**
     * A member as it stands.
     *
     * @param errorType null unless it failed and said why
     */
    public record Member(
            JobId job,
            int index,
            JobState state,
            @Nullable String errorType,
            @Nullable String errorMessage) {}

    /**
     * A member that has failed before it could be a job.
     *
     * @param queue it would have gone to, as far as that is known
     */
    public record BornFailed(
            JobId id,
            Place set,
            int index,
            String task,
            String queue,
            String errorType,
            @Nullable String errorMessage) {}

    /** The JSON of what a member made; empty unless it succeeded and made something. */
    public static Optional<String> result(Tx tx, Place set, int index) {
        return tx.first(
                        row -> Optional.ofNullable(row.getString("result")),
                        RESULT,
                        set.workflow(),
                        set.node(),
                        set.run(),
                        index)
                .flatMap(result -> result);
    }

    /** The JSON of what members made whose tasks have returned graphs that do not run yet, by their index. */
    public static Map<Integer, String> returned(Tx tx, Place set) {
        Map<Integer, String> results = new TreeMap<>();
        tx.run(RETURNED, set.workflow(), set.node(), set.run())
                .forEach(row -> results.put(row.getInteger("member"), row.getString("result")));
        return results;
    }

    /** How many bytes the results of all members have. */
    public static long size(Tx tx, Place set) {
        return tx.number(SIZE, set.workflow(), set.node(), set.run());
    }

    /** The JSON of what the members made that succeeded and made something, by their index. */
    public static Map<Integer, String> results(Tx tx, Place set) {
        Map<Integer, String> results = new TreeMap<>();
        tx.run(RESULTS, set.workflow(), set.node(), set.run())
                .forEach(row -> results.put(row.getInteger("member"), row.getString("result")));
        return results;
    }

    /** A member as far as it is known why it failed; empty if it is none that did. */
    public static Optional<Member> failed(Tx tx, Place set, int index) {
        return tx.first(
                        row -> new Member(
                                new JobId(set.workflow()),
                                index,
                                JobState.valueOf(row.getString("state")),
                                row.getString("error_type"),
                                row.getString("error_message")),
                        ERROR,
                        set.workflow(),
                        set.node(),
                        set.run(),
                        index)
                .filter(member -> member.state().ended() && member.state() != JobState.SUCCEEDED);
    }

    /** The first members that ended without success, by their index. */
    public static List<Member> failures(Tx tx, Place set, int atMost) {
        return tx.list(MemberRows::member, FAILURES, set.workflow(), set.node(), set.run(), atMost);
    }

    /** Members behind an index, by their index; in that state only, if one is given. */
    public static List<Member> page(Tx tx, Place set, int behind, int atMost, @Nullable JobState state) {
        return tx.list(
                MemberRows::member,
                PAGE,
                set.workflow(),
                set.node(),
                set.run(),
                behind,
                atMost,
                state == null ? null : state.name());
    }

    private static Member member(Row row) {
        return new Member(
                new JobId(row.getUUID("id")),
                row.getInteger("member"),
                JobState.valueOf(row.getString("state")),
                row.getString("error_type"),
                row.getString("error_message"));
    }

    /** The members of these nodes that have not ended, whichever run they are of. */
    public static List<JobId> live(Tx tx, UUID workflow, Collection<Integer> nodes) {
        return tx.list(row -> new JobId(row.getUUID("id")), LIVE, workflow, nodes.toArray(Integer[]::new));
    }

    /** All members of a workflow that have not ended. */
    public static List<JobId> live(Tx tx, UUID workflow) {
        return tx.list(row -> new JobId(row.getUUID("id")), ALL_LIVE, workflow);
    }

    /** The members of the latest run of a node that were jobs and have ended without success. */
    public static List<JobId> unsuccessful(Tx tx, Place place) {
        return tx.list(
                row -> new JobId(row.getUUID("id")),
                UNSUCCESSFUL,
                place.workflow(),
                place.node(),
                place.run(),
                Buffer.buffer(Position.ZERO.packed()));
    }

    /** The job of each of these nodes that is its only one, of the node's latest run. */
    public static Map<Integer, JobId> only(Tx tx, UUID workflow, Map<Integer, Integer> runs) {
        Map<Integer, JobId> jobs = new TreeMap<>();
        tx.run(FIRST, workflow, runs.keySet().toArray(Integer[]::new)).forEach(row -> {
            int node = row.getInteger("node");
            if (row.getInteger("node_run").equals(runs.get(node))) {
                jobs.put(node, new JobId(row.getUUID("id")));
            }
        });
        return jobs;
    }

    /** Writes members that have failed before they could be jobs. */
    public static void bornFailed(Tx tx, String tenant, List<BornFailed> members) {
        if (members.isEmpty()) {
            return;
        }
        Columns<BornFailed> of = new Columns<>(members);
        tx.run(
                EndRows.BORN_FAILED,
                of.uuids(one -> one.id().uuid()),
                of.texts(BornFailed::task),
                of.texts(BornFailed::queue),
                of.uuids(one -> one.set().workflow()),
                of.ints(one -> one.set().node()),
                of.ints(one -> one.set().run()),
                of.ints(BornFailed::index),
                of.texts(BornFailed::errorType),
                of.texts(BornFailed::errorMessage),
                Buffer.buffer(Position.ZERO.packed()),
                tenant);
    }
}
