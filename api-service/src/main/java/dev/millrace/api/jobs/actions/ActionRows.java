package dev.millrace.api.jobs.actions;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.millrace.api.record.job.StoredJobs;
import dev.millrace.api.record.query.PageCursor;
import dev.millrace.job.JobState;
import dev.millrace.postgres.Tx;
import dev.millrace.postgres.Values;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code api.bulk_action}. */
final class ActionRows {

    /** Of how many jobs it is told why they failed. */
    static final int MOST_FAILURES = 100;

    private static final String INSERT = """
            insert into api.bulk_action (id, tenant, kind, filter, ids, reason, asked_by, matched, states_left)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning\s""" + BulkAction.COLUMNS;

    private static final String FIND =
            "select " + BulkAction.COLUMNS + " from api.bulk_action where tenant = $1 and id = $2";

    private static final String PAGE = "select " + BulkAction.COLUMNS
            + " from api.bulk_action where tenant = $1 and (created_at, id) < ($2, $3)"
            + " order by created_at desc, id desc limit $4";

    private static final String RUNNING =
            "select count(*) from api.bulk_action where tenant = $1 and state = 'RUNNING'";

    private static final String ABORT = """
            update api.bulk_action set state = 'ABORTED', finished_at = now()
            where tenant = $1 and id = $2 and state = 'RUNNING'""";

    private static final String ANY = "select exists (select from api.bulk_action where state = 'RUNNING')";

    /** One that another instance is at is left to it. */
    private static final String NEXT = "select " + Action.COLUMNS
            + " from api.bulk_action where state = 'RUNNING' order by turn_at, id limit 1 for update skip locked";

    private static final String ADVANCE = """
            update api.bulk_action set
                turn_at = clock_timestamp(), ids_done = ids_done + $2, states_left = $3, place_at = $4, place_id = $5,
                done = done + $6, skipped = skipped + $7, failed = failed + $8,
                failures = (failures::jsonb || $9::text::jsonb)::text,
                state = case when $10 then 'COMPLETED' else state end,
                finished_at = case when $10 then now() end
            where id = $1""";

    private ActionRows() {}

    static BulkAction add(Tx tx, UUID id, String tenant, ActionRequest asked, String askedBy, @Nullable Long matched) {
        Selector selector = asked.selector();
        return tx.first(
                        BulkAction::of,
                        INSERT,
                        id,
                        tenant,
                        asked.kind().label(),
                        selector == null ? null : selector.json().toString(),
                        asked.ids() == null ? null : StoredJobs.uuids(asked.ids()),
                        asked.reason(),
                        askedBy,
                        matched,
                        selector == null
                                ? null
                                : names(asked.kind().states(selector).toList()))
                .orElseThrow();
    }

    static Optional<BulkAction> find(Tx tx, String tenant, UUID id) {
        return tx.first(BulkAction::of, FIND, tenant, id);
    }

    static List<BulkAction> page(Tx tx, String tenant, PageCursor behind, int most) {
        return tx.list(
                BulkAction::of,
                PAGE,
                tenant,
                behind.createdAt().atOffset(ZoneOffset.UTC),
                behind.id().uuid(),
                most);
    }

    static long running(Tx tx, String tenant) {
        return tx.number(RUNNING, tenant);
    }

    /** Whether it was running. Waits for the page that is being carried out. */
    static boolean abort(Tx tx, String tenant, UUID id) {
        return tx.run(ABORT, tenant, id).rowCount() > 0;
    }

    /** Whether there is anything to do, here or elsewhere. */
    static boolean areRunning(Tx tx) {
        return tx.run(ANY).iterator().next().getBoolean(0);
    }

    /** Locks the one whose turn it is, with up to so many of its ids; empty if there is none that nobody is at. */
    static Optional<Action> next(Tx tx, int page) {
        return tx.first(Action::of, NEXT, page);
    }

    /** Notes that a page of it is done. */
    static void advance(Tx tx, Action action, Progress progress) {
        PageCursor place = progress.place();
        tx.run(
                ADVANCE,
                action.id(),
                progress.named(),
                action.selector() == null ? null : names(progress.statesLeft()),
                place == null ? null : Values.time(place.createdAt()),
                place == null ? null : place.id().uuid(),
                progress.done(),
                progress.skipped(),
                (long) progress.failures().size(),
                json(progress.failures().stream()
                        .limit(Math.max(0, MOST_FAILURES - action.failed()))
                        .toList()),
                progress.last());
    }

    private static String[] names(List<JobState> states) {
        return states.stream().map(JobState::name).toArray(String[]::new);
    }

    private static String json(List<Failure> failures) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        failures.forEach(
                failure -> list.addObject().put("jobId", failure.jobId()).put("detail", failure.detail()));
        return list.toString();
    }
}
