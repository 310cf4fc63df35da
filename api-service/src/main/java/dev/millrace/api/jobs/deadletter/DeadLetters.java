package dev.millrace.api.jobs.deadletter;

import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.api.jobs.requeue.Requeue;
import dev.millrace.api.record.query.PageCursor;
import dev.millrace.api.record.query.Redaction;
import dev.millrace.job.JobId;
import dev.millrace.postgres.Db;
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
    private static final PageCursor NEWEST =
            new PageCursor(Instant.parse("9999-12-31T23:59:59.999999Z"), new JobId(new UUID(-1, -1)));

    private static final String PAGE = "select " + DeadLetter.COLUMNS + " from api.dead_letter where " + Filter.WHERE
            + " and (failed_at, id) < ($9, $10) order by failed_at desc, id desc limit $11";
    private static final String FIND =
            "select " + DeadLetter.COLUMNS + " from api.dead_letter where tenant = $1 and id = $2";

    /** A letter that was requeued stays as it is. */
    private static final String RESOLVE = """
            update api.dead_letter set resolved_at = coalesce(resolved_at, now())
            where tenant = $1 and id = $2 and requeued_at is null""";

    private final Db db;

    public DeadLetters(Db db) {
        this.db = db;
    }

    /** A page, those that failed last first. */
    DeadLetterList page(Filter filter, @Nullable PageCursor cursor, int limit, Redaction redaction) {
        PageCursor behind = cursor == null ? NEWEST : cursor;
        Object[] parameters = filter.parameters(
                behind.createdAt().atOffset(ZoneOffset.UTC), behind.id().uuid(), limit + 1);
        return db.session(LIMIT, tx -> {
            List<DeadLetter> letters = new ArrayList<>();
            tx.run(PAGE, parameters).forEach(row -> letters.add(DeadLetter.of(row, redaction)));
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
}
