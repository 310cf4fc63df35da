package dev.millrace.api.workflows.record;

import dev.millrace.api.record.job.BodyHash;
import dev.millrace.api.workflows.record.WorkflowRow.Parent;
import dev.millrace.api.workflows.turn.Flow;
import dev.millrace.api.workflows.turn.WorkflowState;
import dev.millrace.postgres.Columns;
import dev.millrace.postgres.Tx;
import dev.millrace.postgres.Values;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code api.workflow}. */
public final class WorkflowRows {

    static final String COLUMNS =
            "id, tenant, name, definition, definition_version, schedule_id, spec, input, priority, tags, metadata, trace_parent, state, run, version,"
                    + " starts_at, scheduled_for, deadline_at, cancel_requested, cancel_reason, failures, output, output_omitted,"
                    + " error_type, error_message, created_at, started_at, finished_at, parent, parent_node, parent_name, parent_run,"
                    + " parent_index, root, depth, borrowed, compensate, compensated, attempt, retry, retry_at";

    /** PostgreSQL's clock makes all times absolute. One that is there stays as it is. */
    private static final String ADD = """
            insert into api.workflow (id, tenant, name, spec, body_hash, input, priority, tags, metadata, trace_parent,
                definition, definition_version, schedule_id, state, due_at, starts_at, scheduled_for, deadline_at)
            select $1::uuid, $2::text, $3::text, $4::bytea, $5::bytea, $6::text, $7::int2, string_to_array($8::text, ','), $9::text,
                $10::text, $14::text, $15::int, $16::text, 'SCHEDULED', start, start, start,
                coalesce(start, now()) + $13::int8 * interval '1 millisecond'
            from (select case when named > now() then named end as start
                from (select coalesce($12::timestamptz, now() + $11::int8 * interval '1 millisecond') as named) asked) later
            on conflict (id) do nothing
            returning %s, now() as now""".formatted(COLUMNS);

    private static final String SAME = "select id from api.workflow where id = $1 and tenant = $2 and body_hash = $3";

    private static final String HOLD = "select " + COLUMNS
            + ", now() as now from api.workflow where id = any($1) order by id limit $2 for no key update skip locked";

    private static final String HOLD_ONE =
            "select " + COLUMNS + ", now() as now from api.workflow where tenant = $1 and id = $2 for no key update";

    private static final String FIND = "select " + COLUMNS + " from api.workflow where tenant = $1 and id = $2";

    private static final String VERSIONS = "select id, version from api.workflow where id = any($1)";

    private static final String ENDED_AMONG =
            "select id from api.workflow where id = any($1) and finished_at is not null";

    /** One that ends tells its parent in the same statement; of those that have ended no turn is written. */
    private static final String TELLING_PARENTS = """
            with moved as (%s returning w.*)
            insert into api.flow_mail (workflow, number, run, succeeded, failed)
            select parent, parent_node, parent_run, count(*) filter (where state in ('SUCCEEDED', 'PARTIAL')),
                count(*) filter (where state not in ('SUCCEEDED', 'PARTIAL'))
            from moved where parent is not null and finished_at is not null group by 1, 2, 3 order by 1, 2, 3""";

    private static final String UPDATE = TELLING_PARENTS.formatted("""
            update api.workflow w set state = c.state, due_at = c.due_at, starts_at = c.starts_at, started_at = c.started_at,
                finished_at = c.finished_at, output = c.output, output_omitted = c.output_omitted, error_type = c.error_type,
                error_message = c.error_message, compensated = c.compensated, retry_at = c.retry_at, failures = 0, version = w.version + case when c.changed then 1 else 0 end
            from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::timestamptz[], $5::timestamptz[], $6::timestamptz[], $7::text[],
                $8::int8[], $9::text[], $10::text[], $11::bool[], $12::bool[], $13::timestamptz[])
                as c (id, state, due_at, starts_at, started_at, finished_at, output, output_omitted, error_type, error_message, changed, compensated, retry_at)
            where w.id = c.id""");

    private static final String REOPEN = """
            update api.workflow set state = 'RUNNING', run = run + 1, finished_at = null, output = null, output_omitted = null,
                error_type = null, error_message = null, cancel_requested = null, cancel_reason = null, failures = 0,
                compensate = false, compensated = null, attempt = $2, retry_at = null, reopened_at = now(),
                deadline_at = now() + (deadline_at - coalesce(reopened_at, scheduled_for, created_at)), version = version + 1
            where id = $1""";

    private static final String WANT_CANCELLED = """
            update api.workflow set cancel_requested = coalesce(cancel_requested, now()), cancel_reason = coalesce(cancel_reason, $2),
                compensate = compensate or $3, version = version + 1
            where id = $1""";

    private static final String GIVE_UP = """
            update api.workflow set state = 'CANCELLING', due_at = null, starts_at = null, retry_at = null, error_type = 'Broken',
                error_message = 'The service could not go on with this workflow; its log says more.', version = version + 1
            where id = $1 and finished_at is null""";

    private static final String END_BROKEN = TELLING_PARENTS.formatted("""
            update api.workflow w set state = 'FAILED', finished_at = now(), version = version + 1
            where id = any($1) and finished_at is null and error_type = 'Broken'
                and not exists (select from api.job j where j.workflow = w.id and j.node >= 0 and j.finished_at is null)
                and not exists (select from api.workflow c where c.parent = w.id and c.finished_at is null)""");

    private static final String FAILED_TURN =
            "update api.workflow set failures = failures + 1 where id = $1 returning failures";

    private WorkflowRows() {}

    /** A locked row, and PostgreSQL's time. */
    public record Held(WorkflowRow row, Instant now) {}

    /** Adds it; empty if one with its id is there. */
    public static Optional<Held> add(Tx tx, NewWorkflow workflow) {
        DefinitionRef definition = workflow.definition();
        return tx.first(
                WorkflowRows::held,
                ADD,
                workflow.id(),
                workflow.tenant(),
                workflow.name(),
                Buffer.buffer(workflow.spec().hash().bytes()),
                Buffer.buffer(workflow.body().bytes()),
                workflow.input().toString(),
                workflow.priority() == null ? null : workflow.priority().shortValue(),
                String.join(",", workflow.tags()),
                workflow.metadata().toString(),
                workflow.traceParent(),
                workflow.start().after() == null
                        ? null
                        : workflow.start().after().toMillis(),
                Values.time(workflow.start().at()),
                workflow.timeout() == null ? null : workflow.timeout().toMillis(),
                definition == null ? null : definition.name(),
                definition == null ? null : definition.version(),
                workflow.scheduleId());
    }

    /** Whether one with its id is there that was made by the same request. */
    public static boolean isThere(Tx tx, NewWorkflow workflow) {
        return tx.first(
                        row -> row.getUUID("id"),
                        SAME,
                        workflow.id(),
                        workflow.tenant(),
                        Buffer.buffer(workflow.body().bytes()))
                .isPresent();
    }

    /** Locks those of these that nobody has locked. */
    public static List<Held> hold(Tx tx, Collection<UUID> ids, int atMost) {
        return tx.list(WorkflowRows::held, HOLD, (Object) ids.toArray(UUID[]::new), atMost);
    }

    /** Locks one; waits for whoever has it. */
    public static Optional<Held> hold(Tx tx, String tenant, UUID id) {
        return tx.first(WorkflowRows::held, HOLD_ONE, tenant, id);
    }

    public static Optional<WorkflowRow> find(Tx tx, String tenant, UUID id) {
        return tx.first(WorkflowRows::read, FIND, tenant, id);
    }

    /** Those of these that have ended. */
    public static List<UUID> endedAmong(Tx tx, Collection<UUID> ids) {
        return tx.list(row -> row.getUUID("id"), ENDED_AMONG, (Object) ids.toArray(UUID[]::new));
    }

    /** The versions of those of these that there are. */
    public static Map<UUID, Long> versions(Tx tx, Collection<UUID> ids) {
        Map<UUID, Long> versions = new HashMap<>();
        tx.run(VERSIONS, (Object) ids.toArray(UUID[]::new))
                .forEach(row -> versions.put(row.getUUID("id"), row.getLong("version")));
        return versions;
    }

    /** Writes what turns made of workflows that are locked. */
    public static void update(Tx tx, Collection<Flow> flows) {
        Columns<Flow> of = new Columns<>(flows);
        tx.run(
                UPDATE,
                of.uuids(Flow::id),
                of.texts(flow -> flow.state().name()),
                of.times(Flow::due),
                of.times(Flow::startsAt),
                of.times(Flow::started),
                of.times(Flow::finished),
                of.texts(flow -> flow.output() == null ? null : flow.output().toString()),
                of.longs(Flow::outputOmitted),
                of.texts(flow -> flow.error() == null ? null : flow.error().type()),
                of.texts(flow -> flow.error() == null ? null : flow.error().message()),
                of.booleans(Flow::changed),
                of.booleans(Flow::compensated),
                of.times(flow -> flow.attempt().next()));
    }

    /** Has one that is locked go on, as its next run and that attempt, with as much time as it was given first. */
    public static void reopen(Tx tx, UUID id, int attempt) {
        tx.run(REOPEN, id, attempt);
    }

    /** Replaces what one that is locked was given, JSON. */
    public static void giveInput(Tx tx, UUID id, String input) {
        tx.run("update api.workflow set input = $2 where id = $1", id, input);
    }

    /** Notes on one that is locked that it is to be cancelled; what was noted first stands. */
    public static void wantCancelled(Tx tx, UUID id, @Nullable String reason, boolean compensate) {
        tx.run(WANT_CANCELLED, id, reason, compensate);
    }

    /** Notes on one that is locked that it is to end, since its turns fail: none is done any more. */
    public static void giveUp(Tx tx, UUID id) {
        tx.run(GIVE_UP, id);
    }

    /** Ends those of these that were given up, are locked, and have no member that lives. Returns which these are. */
    public static List<UUID> endBroken(Tx tx, Collection<UUID> ids) {
        tx.run(END_BROKEN, (Object) ids.toArray(UUID[]::new));
        return endedAmong(tx, ids);
    }

    /** Counts a turn that failed; returns how many did in a row. */
    public static int turnFailed(Tx tx, UUID id) {
        return tx.first(row -> row.getInteger("failures"), FAILED_TURN, id).orElse(0);
    }

    private static Held held(Row row) {
        return new Held(read(row), Values.instant(row, "now"));
    }

    static WorkflowRow read(Row row) {
        Short priority = row.getShort("priority");
        String definition = row.getString("definition");
        return new WorkflowRow(
                row.getUUID("id"),
                row.getString("tenant"),
                row.getString("name"),
                definition == null ? null : new DefinitionRef(definition, row.getInteger("definition_version")),
                row.getString("schedule_id"),
                BodyHash.of(row.getBuffer("spec").getBytes()),
                row.getString("input"),
                priority == null ? null : priority.intValue(),
                List.of(row.getArrayOfStrings("tags")),
                row.getString("metadata"),
                row.getString("trace_parent"),
                WorkflowState.valueOf(row.getString("state")),
                row.getInteger("run"),
                row.getLong("version"),
                Values.instantOrNull(row, "starts_at"),
                Values.instantOrNull(row, "scheduled_for"),
                Values.instantOrNull(row, "deadline_at"),
                row.getOffsetDateTime("cancel_requested") != null,
                row.getString("cancel_reason"),
                row.getShort("failures"),
                row.getString("output"),
                row.getLong("output_omitted"),
                row.getString("error_type"),
                row.getString("error_message"),
                Values.instant(row, "created_at"),
                Values.instantOrNull(row, "started_at"),
                Values.instantOrNull(row, "finished_at"),
                parent(row),
                row.getString("borrowed"),
                row.getBoolean("compensate"),
                row.getBoolean("compensated"),
                row.getInteger("attempt"),
                row.getString("retry"),
                Values.instantOrNull(row, "retry_at"));
    }

    private static @Nullable Parent parent(Row row) {
        UUID parent = row.getUUID("parent");
        return parent == null
                ? null
                : new Parent(
                        parent,
                        row.getInteger("parent_node"),
                        row.getString("parent_name"),
                        row.getInteger("parent_run"),
                        row.getInteger("parent_index"),
                        row.getUUID("root"),
                        row.getShort("depth"));
    }
}
