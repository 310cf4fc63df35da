package dev.millrace.api.record.attempts;

import dev.millrace.api.record.attempts.AttemptList.Attempt;
import dev.millrace.api.record.query.JobDocument.Failure;
import dev.millrace.api.record.query.Redaction;
import dev.millrace.api.record.query.Refusals;
import dev.millrace.job.JobId;
import dev.millrace.job.Position;
import dev.millrace.job.Position.Rank;
import dev.millrace.job.TaskName;
import dev.millrace.postgres.Db;
import dev.millrace.postgres.Tx;
import dev.millrace.postgres.Values;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads the failed attempts of a job. */
@Singleton
public class Attempts {

    static final int MAX_PAGE = 200;

    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final String KNOWN = "select task from api.job where tenant = $1 and id = $2";

    private static final String PAGE = """
            select position, attempt, worker, started_at, finished_at, error_type, error_message, error_stack
            from api.attempt where job = $1 and position > $2 order by position limit $3""";

    private final Db db;

    public Attempts(Db db) {
        this.db = db;
    }

    /** The place behind the attempt at which a page ended, as its cursor has it. */
    record Place(Position position) {

        static final Place START = new Place(Position.ZERO);
        private static final int BYTES = Position.ZERO.packed().length;

        /** Throws {@link IllegalArgumentException} for a text that {@link #text} did not make. */
        static Place parse(String text) {
            byte[] packed = Base64.getUrlDecoder().decode(text);
            if (packed.length != BYTES || packed[Long.BYTES] < 0 || packed[Long.BYTES] >= Rank.values().length) {
                throw new IllegalArgumentException("A cursor is the nextCursor of the page before.");
            }
            return new Place(Position.unpack(packed));
        }

        String text() {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(position.packed());
        }
    }

    /**
     * A page, the oldest first.
     *
     * @throws dev.millrace.api.http.problem.ProblemException 404 if the tenant has no such job
     */
    AttemptList page(String tenant, JobId job, Place after, int limit, Redaction redaction) {
        return db.session(LIMIT, tx -> {
            TaskName task = task(tx, tenant, job);
            return page(tx, job, after, limit, failure -> redaction.failure(task, failure));
        });
    }

    private static TaskName task(Tx tx, String tenant, JobId job) {
        return tx.first(row -> new TaskName(row.getString("task")), KNOWN, tenant, job.uuid())
                .orElseThrow(() -> Refusals.unknownJob(job));
    }

    private static AttemptList page(Tx tx, JobId job, Place after, int limit, UnaryOperator<@Nullable Failure> shown) {
        List<Attempt> items = new ArrayList<>();
        Place end = after;
        String next = null;
        for (Row row : tx.run(PAGE, job.uuid(), Buffer.buffer(after.position().packed()), limit + 1)) {
            if (items.size() == limit) {
                next = end.text();
                break;
            }
            end = new Place(Position.unpack(row.getBuffer("position").getBytes()));
            items.add(attempt(row, end.position().token().run(), shown));
        }
        return new AttemptList(items, next);
    }

    private static Attempt attempt(Row row, long run, UnaryOperator<@Nullable Failure> shown) {
        return new Attempt(
                row.getInteger("attempt"),
                run,
                row.getString("worker"),
                Values.instantOrNull(row, "started_at"),
                Values.instant(row, "finished_at"),
                shown.apply(failure(row)));
    }

    private static @Nullable Failure failure(Row row) {
        String type = row.getString("error_type");
        return type == null ? null : new Failure(type, row.getString("error_message"), row.getString("error_stack"));
    }
}
