package dev.millrace.api.catalog.workers;

import dev.millrace.api.catalog.workers.WorkerNews.LatestBeat;
import dev.millrace.fleet.WorkerEvent.Joined;
import dev.millrace.fleet.WorkerEvent.Load;
import dev.millrace.job.QueueName;
import dev.millrace.postgres.Columns;
import dev.millrace.postgres.Tx;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the rows of {@code api.worker} show. The catalog makes them, keeps for a day who was heard of, and notes who left. */
final class WorkerRows {

    /** Writers of workers take turns, as those of the catalog do. */
    private static final String LOCK = "select version from api.task_catalog for update";

    /** Until its first beat a worker has the slots that it joined with. */
    private static final String JOINED = """
            update api.worker w set name = j.name, host = j.host, pid = j.pid, version = j.version, mode = j.mode,
                started_at = j.started_at, queues = coalesce(w.queues, j.queues)
            from unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::text[], $7::timestamptz[],
                $8::text[]) as j (id, name, host, pid, version, mode, started_at, queues)
            where w.id = j.id""";

    private static final String BEAT = """
            update api.worker w set beat_ms = b.ms, beat_seq = b.seq, state = b.state, cpu_percent = b.cpu_percent,
                memory_bytes = b.memory_bytes, leaked_slots = b.leaked_slots, queues = b.queues
            from unnest($1::text[], $2::bigint[], $3::bigint[], $4::text[], $5::double precision[], $6::bigint[],
                $7::int[], $8::text[]) as b (id, ms, seq, state, cpu_percent, memory_bytes, leaked_slots, queues)
            where w.id = b.id and (w.beat_ms, w.beat_seq) < (b.ms, b.seq)""";

    private static final String SEEN = """
            select * from (
                select id, name, host, pid, version, mode, started_at, heard_at, queues, cpu_percent, memory_bytes,
                    leaked_slots, case when gone or heard_at < now() - interval '20 seconds' then 'gone'
                        else coalesce(state, 'running') end as state
                from api.worker) as seen
            where\s""";

    private static final String PAGE = SEEN + "state = any($1) and id > $2 order by id limit $3";

    private static final String ONE = SEEN + "id = $1";

    private static final String CALLED = SEEN + "name = $1 and state <> 'gone' order by id limit 2";

    private WorkerRows() {}

    static void write(Tx tx, WorkerNews news) {
        tx.run(LOCK);
        tx.run(JOINED, joined(news.joined()));
        tx.run(BEAT, beats(news.beats()));
    }

    /** Those in one of these states whose ids come after one, in the order of ids. */
    static List<SeenWorker> page(Tx tx, List<SeenWorker.State> states, String behind, int limit) {
        String[] labels = states.stream().map(SeenWorker.State::label).toArray(String[]::new);
        return tx.list(SeenWorker::of, PAGE, labels, behind, limit);
    }

    static Optional<SeenWorker> find(Tx tx, String id) {
        return tx.first(SeenWorker::of, ONE, id);
    }

    /** Up to two that live and are called so. */
    static List<SeenWorker> called(Tx tx, String name) {
        return tx.list(SeenWorker::of, CALLED, name);
    }

    private static @Nullable Object[] joined(Map<String, Joined> joined) {
        Columns<Joined> columns = new Columns<>(joined.values());
        return new @Nullable Object[] {
            columns.texts(Joined::worker),
            columns.texts(Joined::name),
            columns.texts(Joined::host),
            columns.longs(Joined::pid),
            columns.texts(Joined::version),
            columns.texts(one -> one.mode().name().toLowerCase(Locale.ROOT)),
            columns.times(Joined::startedAt),
            columns.texts(one -> QueueLoads.text(idle(one.queues())))
        };
    }

    private static Map<QueueName, Load> idle(Map<QueueName, Integer> slots) {
        Map<QueueName, Load> loads = new TreeMap<>();
        slots.forEach((queue, all) -> loads.put(queue, new Load(all, 0, 0)));
        return loads;
    }

    private static @Nullable Object[] beats(Map<String, LatestBeat> beats) {
        Columns<LatestBeat> columns = new Columns<>(beats.values());
        return new @Nullable Object[] {
            columns.texts(one -> one.beat().worker()),
            columns.longs(one -> one.at().millis()),
            columns.longs(one -> one.at().sequence()),
            columns.texts(one -> one.beat().state().label()),
            columns.doubles(one -> one.beat().cpuPercent()),
            columns.longs(one -> one.beat().memoryBytes()),
            columns.ints(one -> one.beat().leakedSlots()),
            columns.texts(one -> QueueLoads.text(one.beat().queues()))
        };
    }
}
