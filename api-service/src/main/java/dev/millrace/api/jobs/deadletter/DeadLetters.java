package dev.millrace.api.jobs.deadletter;

import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.api.jobs.deadletter.Filter.Condition;
import dev.millrace.api.jobs.requeue.Requeue;
import dev.millrace.api.record.query.PageCursor;
import dev.millrace.api.record.query.Redaction;
import dev.millrace.job.JobId;
import dev.millrace.postgres.Db;
import dev.millrace.postgres.Tx;
import io.vertx.sqlclient.Row;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads and resolves dead letters. */
@Singleton
public class DeadLetters {

    static final int MAX_PAGE = 200;

    private static final Duration LIMIT = Duration.ofSeconds(2);

    /** Before every letter. */
    static final PageCursor NEWEST =
            new PageCursor(Instant.parse("9999-12-31T23:59:59.999999Z"), new JobId(new UUID(-1, -1)));

    private static final String FIND =
            "select " + DeadLetter.COLUMNS + " from api.dead_letter where tenant = $1 and id = $2";

    /** A letter that was requeued stays as it is. */
    private static final String RESOLVE = """
            update api.dead_letter set resolved_at = coalesce(resolved_at, now())
            where tenant = $1 and id = $2 and requeued_at is null""";

    private static final String RESOLVE_OPEN = """
            update api.dead_letter set resolved_at = now() where id = any(array(
                select id from api.dead_letter where id = any($1) and open order by id for update skip locked))""";

    private final Db db;

    public DeadLetters(Db db) {
        this.db = db;
    }

    /** A page, those that failed last first. */
    DeadLetterList page(Filter filter, @Nullable PageCursor cursor, int limit, Redaction redaction) {
        PageCursor behind = cursor == null ? NEWEST : cursor;
        Condition condition = filter.condition();
        String sql =
                "select %s from api.dead_letter where %s and (failed_at, id) < (%s, %s) order by failed_at desc, id desc limit %s"
                        .formatted(
                                DeadLetter.COLUMNS,
                                condition.sql(),
                                condition.parameter(behind.createdAt().atOffset(ZoneOffset.UTC)),
                                condition.parameter(behind.id().uuid()),
                                condition.parameter(limit + 1));
        return db.session(LIMIT, tx -> {
            List<DeadLetter> letters = new ArrayList<>();
            tx.run(sql, condition.parameters()).forEach(row -> letters.add(DeadLetter.of(row, redaction)));
            return DeadLetterList.cut(letters, limit);
        });
    }

    /** Throws a 404 problem if the tenant has no such letter. */
    DeadLetter find(String tenant, UUID letter, Redaction redaction) {
        return db.session(LIMIT, tx -> {
            for (Row row : tx.run(FIND, tenant, letter)) {
                return DeadLetter.of(row, redaction);
            }
            throw Requeue.unknownLetter(letter).exception();
        });
    }

    /**
     * Says that nothing is to be done; said again, it changes nothing.
     *
     * @throws dev.millrace.api.http.problem.ProblemException 404 if the tenant has no such letter, 409 if it was requeued
     */
    void resolve(String tenant, UUID letter) {
        int resolved = db.session(LIMIT, tx -> tx.run(RESOLVE, tenant, letter).rowCount());
        if (resolved == 0) {
            DeadLetter found = find(tenant, letter, Redaction.NONE);
            throw Problem.of(
                            ProblemType.CONFLICT,
                            "Dead letter " + letter + " was requeued; its job " + found.jobId()
                                    + " leaves another one if it fails again.")
                    .exception();
        }
    }

    /** As part of a transaction: resolves those that are open and that nobody else holds; returns how many these were. */
    static int resolve(Tx tx, List<UUID> letters) {
        return tx.run(RESOLVE_OPEN, (Object) letters.toArray(UUID[]::new)).rowCount();
    }
}
