package dev.millrace.api.record.orders;

import dev.millrace.api.record.orders.ChildList.Child;
import dev.millrace.api.record.query.Refusals;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.postgres.Db;
import dev.millrace.postgres.Tx;
import io.vertx.sqlclient.Row;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what became of a job's orders. */
@Singleton
public class Children {

    static final int MAX_PAGE = 200;

    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final String KNOWN = "select id from api.job where tenant = $1 and id = $2";

    private static final String PAGE = """
            select c.place, c.key, c.job, c.problem, j.state
            from api.child c left join api.job j on j.id = c.job and j.tenant = $1
            where c.parent = $2 and (c.place, c.key) > ($3, $4)
            order by c.place, c.key limit $5""";

    private final Db db;

    public Children(Db db) {
        this.db = db;
    }

    /** The order at which a page ended, as its cursor has it. */
    record Place(int number, String key) {

        static final Place START = new Place(0, "");

        /** Throws {@link IllegalArgumentException} for a text that {@link #text} did not make. */
        static Place parse(String text) {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            if (bytes.length <= Integer.BYTES) {
                throw new IllegalArgumentException("A cursor is the nextCursor of the page before.");
            }
            String key = new String(bytes, Integer.BYTES, bytes.length - Integer.BYTES, StandardCharsets.UTF_8);
            if (key.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("A cursor is the nextCursor of the page before.");
            }
            return new Place(ByteBuffer.wrap(bytes).getInt(), key);
        }

        String text() {
            byte[] own = key.getBytes(StandardCharsets.UTF_8);
            ByteBuffer out = ByteBuffer.allocate(Integer.BYTES + own.length)
                    .putInt(number)
                    .put(own);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(out.array());
        }
    }

    /**
     * A page, in the order in which they were ordered.
     *
     * @throws dev.millrace.api.http.problem.ProblemException 404 if the tenant has no such job
     */
    ChildList page(String tenant, JobId job, Place after, int limit) {
        return db.session(LIMIT, tx -> {
            if (tx.first(row -> row.getUUID("id"), KNOWN, tenant, job.uuid()).isEmpty()) {
                throw Refusals.unknownJob(job);
            }
            return page(tx, tenant, job, after, limit);
        });
    }

    private static ChildList page(Tx tx, String tenant, JobId job, Place after, int limit) {
        List<Child> items = new ArrayList<>();
        Place end = after;
        String next = null;
        for (Row row : tx.run(PAGE, tenant, job.uuid(), after.number(), after.key(), limit + 1)) {
            if (items.size() == limit) {
                next = end.text();
                break;
            }
            end = new Place(row.getInteger("place"), row.getString("key"));
            items.add(child(row));
        }
        return new ChildList(items, next);
    }

    private static Child child(Row row) {
        UUID made = row.getUUID("job");
        return new Child(
                row.getString("key"), made == null ? null : made.toString(), state(row), row.getString("problem"));
    }

    private static @Nullable JobState state(Row row) {
        String state = row.getString("state");
        return state == null ? null : JobState.valueOf(state);
    }
}
