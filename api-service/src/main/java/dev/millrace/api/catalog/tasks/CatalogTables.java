package dev.millrace.api.catalog.tasks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.api.catalog.tasks.CatalogChanges.LastEntry;
import dev.millrace.api.catalog.tasks.CatalogChanges.Offer;
import dev.millrace.job.ExecutionPolicy;
import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import dev.millrace.postgres.BadData;
import dev.millrace.postgres.Columns;
import dev.millrace.postgres.Db;
import dev.millrace.postgres.Tx;
import dev.millrace.retry.Backoff;
import dev.millrace.retry.BackoffType;
import dev.millrace.retry.Jitter;
import dev.millrace.retry.RetryPolicy;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The catalog's rows. A write is one transaction; writers take turns by the lock of {@code api.task_catalog}. */
final class CatalogTables {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String LOCK = "SELECT version FROM api.task_catalog FOR UPDATE";

    private static final String HEAR_WORKERS = """
            INSERT INTO api.worker AS w (id, heard_ms, heard_seq, heard_at, gone)
            SELECT id, ms, seq, now(), gone FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::boolean[])
                AS news (id, ms, seq, gone)
            ON CONFLICT (id) DO UPDATE SET
                gone = w.gone OR excluded.gone,
                (heard_ms, heard_seq, heard_at) = (
                    SELECT ms, seq, at FROM (VALUES (w.heard_ms, w.heard_seq, w.heard_at),
                        (excluded.heard_ms, excluded.heard_seq, excluded.heard_at)) AS heard (ms, seq, at)
                    ORDER BY ms DESC, seq DESC, at LIMIT 1)""";

    private static final String PUT_TASKS = """
            INSERT INTO api.task AS t
                (name, queue, description, payload_schema, result_schema, idempotent, at_ms, at_seq,
                timeout_ms, soft_timeout_ms, max_attempts, backoff, backoff_base_ms, backoff_factor, backoff_max_ms,
                backoff_jitter)
            SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::boolean[],
                $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[], $11::integer[], $12::text[], $13::bigint[],
                $14::double precision[], $15::bigint[], $16::text[])
            ON CONFLICT (name) DO UPDATE SET
                queue = excluded.queue, description = excluded.description,
                payload_schema = excluded.payload_schema, result_schema = excluded.result_schema,
                idempotent = excluded.idempotent, at_ms = excluded.at_ms, at_seq = excluded.at_seq,
                timeout_ms = excluded.timeout_ms, soft_timeout_ms = excluded.soft_timeout_ms,
                max_attempts = excluded.max_attempts, backoff = excluded.backoff,
                backoff_base_ms = excluded.backoff_base_ms, backoff_factor = excluded.backoff_factor,
                backoff_max_ms = excluded.backoff_max_ms, backoff_jitter = excluded.backoff_jitter
            WHERE (excluded.at_ms, excluded.at_seq) > (t.at_ms, t.at_seq)""";

    private static final String PUT_OFFERS = """
            INSERT INTO api.task_worker (task, worker)
            SELECT offer.task, offer.worker FROM unnest($1::text[], $2::text[]) AS offer (task, worker)
                JOIN api.worker w ON w.id = offer.worker WHERE NOT w.gone
            ON CONFLICT DO NOTHING""";

    private static final String DROP_OFFERS =
            "DELETE FROM api.task_worker o USING api.worker w WHERE w.id = o.worker AND w.gone";

    private static final String PUT_QUEUES =
            "INSERT INTO api.known_queue (name) SELECT unnest($1::text[]) ON CONFLICT DO NOTHING";

    private static final String FORGET_WORKERS = "DELETE FROM api.worker WHERE heard_at < now() - interval '1 day'";

    private static final String RAISE_VERSION = "UPDATE api.task_catalog SET version = version + 1";

    private static final String PULSE = """
            SELECT version, ARRAY(SELECT id FROM api.worker
                WHERE NOT gone AND heard_at > now() - interval '60 seconds') AS live
            FROM api.task_catalog""";

    private static final String TASKS = """
            SELECT name, queue, description, payload_schema, result_schema, idempotent, timeout_ms, soft_timeout_ms,
                max_attempts, backoff, backoff_base_ms, backoff_factor, backoff_max_ms, backoff_jitter,
                ARRAY(SELECT worker FROM api.task_worker WHERE task = name ORDER BY worker) AS workers
            FROM api.task""";

    private static final String QUEUES = "SELECT name FROM api.known_queue";

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Db db;

    CatalogTables(Db db) {
        this.db = db;
    }

    /** The catalog's version, and the workers that are there now. */
    record Pulse(long version, Set<String> live) {}

    /** Throws {@link BadData} if these can never be written. */
    void write(CatalogChanges changes) {
        db.vetting(LIMIT, tx -> {
            tx.run(LOCK);
            tx.run(HEAR_WORKERS, workers(changes.workers()));
            int rows = changed(tx, changes);
            return rows == 0 ? rows : tx.run(RAISE_VERSION).rowCount();
        });
    }

    Pulse pulse() {
        return db.session(LIMIT, tx -> {
            Row row = tx.run(PULSE).iterator().next();
            return new Pulse(row.getLong("version"), Set.of(row.getArrayOfStrings("live")));
        });
    }

    /** All there is, as it stood when the version was told, or later. */
    CatalogSnapshot read(long version) {
        return db.session(LIMIT, tx -> CatalogSnapshot.of(version, tasks(tx), queues(tx)));
    }

    private static List<TaskInfo> tasks(Tx tx) {
        return stream(tx.run(TASKS)).map(CatalogTables::task).toList();
    }

    private static Set<QueueName> queues(Tx tx) {
        return stream(tx.run(QUEUES))
                .map(row -> new QueueName(row.getString("name")))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Returns how many rows are other than before. */
    private static int changed(Tx tx, CatalogChanges changes) {
        return tx.run(PUT_TASKS, tasks(changes.sortedOffers())).rowCount()
                + tx.run(PUT_OFFERS, offers(changes.offered())).rowCount()
                + tx.run(DROP_OFFERS).rowCount()
                + tx.run(PUT_QUEUES, queues(changes.queues())).rowCount()
                + tx.run(FORGET_WORKERS).rowCount();
    }

    private static Object[] workers(Map<String, LastEntry> workers) {
        Columns<LastEntry> columns = new Columns<>(workers.values());
        return new Object[] {
            workers.keySet().toArray(String[]::new),
            columns.longs(worker -> worker.at().millis()),
            columns.longs(worker -> worker.at().sequence()),
            columns.booleans(LastEntry::gone)
        };
    }

    private static Object[] tasks(List<Offer> offers) {
        Columns<Offer> columns = new Columns<>(offers);
        return new Object[] {
            columns.texts(offer -> offer.task().task().value()),
            columns.texts(offer -> offer.task().queue().value()),
            columns.texts(offer -> offer.task().description()),
            columns.texts(offer -> offer.task().payloadSchema()),
            columns.texts(offer -> offer.task().resultSchema()),
            columns.booleans(offer -> offer.task().idempotent()),
            columns.longs(offer -> offer.at().millis()),
            columns.longs(offer -> offer.at().sequence()),
            columns.longs(offer -> policy(offer).timeout().toMillis()),
            columns.longs(offer -> millis(policy(offer).softTimeout())),
            columns.ints(offer -> policy(offer).retry().maxAttempts()),
            columns.texts(offer -> backoff(offer).type().label()),
            columns.longs(offer -> backoff(offer).base().toMillis()),
            columns.doubles(offer -> backoff(offer).factor()),
            columns.longs(offer -> backoff(offer).max().toMillis()),
            columns.texts(offer -> backoff(offer).jitter().label())
        };
    }

    private static ExecutionPolicy policy(Offer offer) {
        return offer.task().policy();
    }

    private static Backoff backoff(Offer offer) {
        return policy(offer).retry().backoff();
    }

    private static @Nullable Long millis(@Nullable Duration duration) {
        return duration == null ? null : duration.toMillis();
    }

    private static Object[] offers(Map<TaskName, Set<String>> offered) {
        Columns<Map.Entry<String, String>> columns = new Columns<>(offered.entrySet().stream()
                .flatMap(task -> task.getValue().stream()
                        .map(worker -> Map.entry(task.getKey().value(), worker)))
                .toList());
        return new Object[] {columns.texts(Map.Entry::getKey), columns.texts(Map.Entry::getValue)};
    }

    private static Object[] queues(Set<QueueName> queues) {
        return new Object[] {new Columns<>(queues).texts(QueueName::value)};
    }

    private static TaskInfo task(Row row) {
        return new TaskInfo(
                new TaskName(row.getString("name")),
                new QueueName(row.getString("queue")),
                row.getString("description"),
                json(row.getString("payload_schema")),
                json(row.getString("result_schema")),
                policy(row),
                row.getBoolean("idempotent"),
                List.of(row.getArrayOfStrings("workers")));
    }

    private static ExecutionPolicy policy(Row row) {
        Long soft = row.getLong("soft_timeout_ms");
        return new ExecutionPolicy(
                Duration.ofMillis(row.getLong("timeout_ms")),
                soft == null ? null : Duration.ofMillis(soft),
                new RetryPolicy(row.getInteger("max_attempts"), backoff(row)));
    }

    private static Backoff backoff(Row row) {
        return new Backoff(
                BackoffType.ofLabel(row.getString("backoff")),
                Duration.ofMillis(row.getLong("backoff_base_ms")),
                row.getDouble("backoff_factor"),
                Duration.ofMillis(row.getLong("backoff_max_ms")),
                Jitter.ofLabel(row.getString("backoff_jitter")));
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A schema in api.task is not JSON: it was written by something else.", e);
        }
    }

    private static Stream<Row> stream(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false);
    }
}
