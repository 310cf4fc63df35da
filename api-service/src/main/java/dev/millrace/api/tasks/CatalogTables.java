package dev.millrace.api.tasks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.api.tasks.CatalogChanges.Heard;
import dev.millrace.api.tasks.CatalogChanges.Offer;
import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

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
                (name, queue, description, payload_schema, result_schema, timeout_ms, idempotent, at_ms, at_seq)
            SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[],
                $7::boolean[], $8::bigint[], $9::bigint[])
            ON CONFLICT (name) DO UPDATE SET
                queue = excluded.queue, description = excluded.description,
                payload_schema = excluded.payload_schema, result_schema = excluded.result_schema,
                timeout_ms = excluded.timeout_ms, idempotent = excluded.idempotent,
                at_ms = excluded.at_ms, at_seq = excluded.at_seq
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
            SELECT name, queue, description, payload_schema, result_schema, timeout_ms, idempotent,
                ARRAY(SELECT worker FROM api.task_worker WHERE task = name ORDER BY worker) AS workers
            FROM api.task""";

    private static final String QUEUES = "SELECT name FROM api.known_queue";

    private final Pool pool;

    CatalogTables(Pool pool) {
        this.pool = pool;
    }

    /** The catalog's version, and the workers that are there now. */
    record Pulse(long version, Set<String> live) {}

    Future<Void> write(CatalogChanges changes) {
        return pool.withTransaction(connection -> run(connection, LOCK, Tuple.tuple())
                .compose(locked -> run(connection, HEAR_WORKERS, workers(changes.workers())))
                .compose(heard -> changed(connection, changes))
                .compose(rows -> rows == 0 ? Future.succeededFuture() : raiseVersion(connection)));
    }

    Future<Pulse> pulse() {
        return pool.query(PULSE)
                .execute()
                .map(rows -> rows.iterator().next())
                .map(row -> new Pulse(row.getLong("version"), Set.of(row.getArrayOfStrings("live"))));
    }

    Future<List<TaskInfo>> tasks() {
        return pool.query(TASKS)
                .execute()
                .map(rows -> stream(rows).map(CatalogTables::task).toList());
    }

    Future<Set<QueueName>> queues() {
        return pool.query(QUEUES)
                .execute()
                .map(rows -> stream(rows)
                        .map(row -> new QueueName(row.getString("name")))
                        .collect(Collectors.toUnmodifiableSet()));
    }

    private static Future<Integer> changed(SqlConnection connection, CatalogChanges changes) {
        List<Offer> offers = changes.sortedOffers();
        return run(connection, PUT_TASKS, tasks(offers))
                .compose(rows -> add(rows, run(connection, PUT_OFFERS, offers(changes.offered()))))
                .compose(rows -> add(rows, run(connection, DROP_OFFERS, Tuple.tuple())))
                .compose(rows -> add(rows, run(connection, PUT_QUEUES, queues(changes.queues()))))
                .compose(rows -> add(rows, run(connection, FORGET_WORKERS, Tuple.tuple())));
    }

    private static Future<Void> raiseVersion(SqlConnection connection) {
        return run(connection, RAISE_VERSION, Tuple.tuple()).mapEmpty();
    }

    private static Future<Integer> run(SqlConnection connection, String sql, Tuple parameters) {
        return connection.preparedQuery(sql).execute(parameters).map(RowSet::rowCount);
    }

    private static Future<Integer> add(int rows, Future<Integer> more) {
        return more.map(count -> rows + count);
    }

    private static Tuple workers(Map<String, Heard> workers) {
        Collection<Heard> heard = workers.values();
        return Tuple.of(
                workers.keySet().toArray(String[]::new),
                column(heard, worker -> worker.at().millis(), Long[]::new),
                column(heard, worker -> worker.at().sequence(), Long[]::new),
                column(heard, Heard::gone, Boolean[]::new));
    }

    private static Tuple tasks(List<Offer> offers) {
        return Tuple.tuple()
                .addValue(column(offers, offer -> offer.task().task().value(), String[]::new))
                .addValue(column(offers, offer -> offer.task().queue().value(), String[]::new))
                .addValue(column(offers, offer -> offer.task().description(), String[]::new))
                .addValue(column(offers, offer -> offer.task().payloadSchema(), String[]::new))
                .addValue(column(offers, offer -> offer.task().resultSchema(), String[]::new))
                .addValue(column(offers, offer -> offer.task().timeout().toMillis(), Long[]::new))
                .addValue(column(offers, offer -> offer.task().idempotent(), Boolean[]::new))
                .addValue(column(offers, offer -> offer.at().millis(), Long[]::new))
                .addValue(column(offers, offer -> offer.at().sequence(), Long[]::new));
    }

    private static Tuple offers(Map<TaskName, Set<String>> offered) {
        List<Map.Entry<String, String>> pairs = offered.entrySet().stream()
                .flatMap(task -> task.getValue().stream()
                        .map(worker -> Map.entry(task.getKey().value(), worker)))
                .toList();
        return Tuple.of(
                column(pairs, Map.Entry::getKey, String[]::new), column(pairs, Map.Entry::getValue, String[]::new));
    }

    private static Tuple queues(Set<QueueName> queues) {
        return Tuple.of(column(queues, QueueName::value, String[]::new));
    }

    /** An array as a value of its own, not as a list of arguments. */
    private static <T, C> Object column(Collection<T> rows, Function<? super T, C> value, IntFunction<C[]> array) {
        return rows.stream().map(value).toArray(array);
    }

    private static TaskInfo task(Row row) {
        return new TaskInfo(
                new TaskName(row.getString("name")),
                new QueueName(row.getString("queue")),
                row.getString("description"),
                json(row.getString("payload_schema")),
                json(row.getString("result_schema")),
                Duration.ofMillis(row.getLong("timeout_ms")),
                row.getBoolean("idempotent"),
                List.of(row.getArrayOfStrings("workers")));
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
