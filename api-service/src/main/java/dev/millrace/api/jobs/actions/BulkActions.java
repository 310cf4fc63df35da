package dev.millrace.api.jobs.actions;

import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.api.jobs.accept.JobIds;
import dev.millrace.api.record.query.PageCursor;
import dev.millrace.job.JobId;
import dev.millrace.postgres.Db;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes actions on, and tells of them. */
@Singleton
public class BulkActions {

    static final int MAX_PAGE = 200;

    /** Of each tenant so many run at a time. */
    static final int MOST_RUNNING = 20;

    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final PageCursor NEWEST =
            new PageCursor(Instant.parse("9999-12-31T23:59:59.999999Z"), new JobId(new UUID(-1, -1)));

    private final Db db;
    private final JobIds ids;

    public BulkActions(Db db, JobIds ids) {
        this.db = db;
        this.ids = ids;
    }

    /** How many jobs it would find now. */
    Matched count(ActionRequest asked) {
        return db.session(LIMIT, tx -> Matched.of(tx, asked));
    }

    /**
     * Takes it on; instances carry it out from its commit on.
     *
     * @throws dev.millrace.api.http.problem.ProblemException 409 if the tenant has too many that run
     */
    BulkAction add(String tenant, String askedBy, ActionRequest asked) {
        return db.session(LIMIT, tx -> {
            if (ActionRows.running(tx, tenant) >= MOST_RUNNING) {
                throw Problem.of(
                                ProblemType.CONFLICT,
                                MOST_RUNNING + " bulk actions are running; wait for one of them, or abort it.")
                        .exception();
            }
            Long matched = Matched.of(tx, asked).exact();
            return ActionRows.add(tx, ids.next().uuid(), tenant, asked, askedBy, matched);
        });
    }

    /** Throws a 404 problem if the tenant has no such action. */
    BulkAction find(String tenant, UUID id) {
        return db.session(LIMIT, tx -> ActionRows.find(tx, tenant, id)).orElseThrow(() -> unknown(id));
    }

    /** A page, the newest first. */
    BulkActionList page(String tenant, @Nullable PageCursor cursor, int limit) {
        PageCursor behind = cursor == null ? NEWEST : cursor;
        return BulkActionList.cut(db.session(LIMIT, tx -> ActionRows.page(tx, tenant, behind, limit + 1)), limit);
    }

    /**
     * Ends it behind the page that is being carried out.
     *
     * @throws dev.millrace.api.http.problem.ProblemException 404 if the tenant has no such action, 409 if it has ended
     */
    BulkAction abort(String tenant, UUID id) {
        boolean aborted = db.session(LIMIT, tx -> ActionRows.abort(tx, tenant, id));
        BulkAction action = find(tenant, id);
        if (!aborted) {
            throw Problem.of(ProblemType.CONFLICT, "The bulk action is " + action.state() + " already.")
                    .exception();
        }
        return action;
    }

    private static RuntimeException unknown(UUID id) {
        return Problem.of(ProblemType.NOT_FOUND, "There is no bulk action " + id + ".")
                .exception();
    }
}
