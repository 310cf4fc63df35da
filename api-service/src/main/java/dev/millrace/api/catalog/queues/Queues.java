package dev.millrace.api.catalog.queues;

import dev.millrace.api.catalog.queues.QueueDocument.BacklogDocument;
import dev.millrace.api.catalog.queues.QueueRows.Recorded;
import dev.millrace.api.catalog.tasks.TaskCatalog;
import dev.millrace.api.catalog.workers.SeenWorker;
import dev.millrace.api.catalog.workers.Workers;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.api.outbox.RedisClock;
import dev.millrace.fleet.WorkerEvent.Load;
import dev.millrace.job.EntryId;
import dev.millrace.job.QueueName;
import dev.millrace.names.Names;
import dev.millrace.postgres.Db;
import dev.millrace.stream.entries.Lane;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.groups.Backlogs;
import dev.millrace.stream.groups.Backlogs.Backlog;
import dev.millrace.stream.jobs.RedisEpoch;
import dev.millrace.stream.redis.RedisLink;
import dev.millrace.stream.redis.StreamsUnavailable;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The queues that a worker ever served or a task ever named: Redis says what lies in them now, PostgreSQL what waits for a time
 * and what is set. Every question costs the same few calls however many jobs there are. Blocks for both.
 */
@Singleton
public class Queues {

    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final Db db;
    private final TaskCatalog catalog;
    private final Workers workers;
    private final RedisEpoch epochs;
    private final RedisClock clock;
    private final Backlogs backlogs;

    public Queues(
            Db db,
            TaskCatalog catalog,
            Workers workers,
            RedisEpoch epochs,
            RedisClock clock,
            RedisLink link,
            StreamNames names) {
        this.db = db;
        this.catalog = catalog;
        this.workers = workers;
        this.epochs = epochs;
        this.clock = clock;
        this.backlogs = new Backlogs(link, names);
    }

    private record Stored(Map<QueueName, Recorded> recorded, Map<QueueName, QueueSetting> settings) {}

    /** All of them, in the order of their names. */
    public List<QueueName> names() {
        catalog.requireLoaded();
        return catalog.queues().stream().sorted().toList();
    }

    /**
     * The queue of this name.
     *
     * @throws dev.millrace.api.http.problem.ProblemException 404 if nobody ever heard of it
     */
    public QueueName require(String name) {
        catalog.requireLoaded();
        return Optional.of(name)
                .filter(Names::isName)
                .map(QueueName::new)
                .filter(catalog::knowsQueue)
                .orElseThrow(() -> Problem.of(
                                ProblemType.NOT_FOUND,
                                "No worker ever served a queue of this name, and no task named it; GET /api/v1/queues lists those that are known.")
                        .exception());
    }

    public QueueDocument document(QueueName queue) {
        return documents(List.of(queue)).getFirst();
    }

    /** These queues, in this order. What only Redis knows is null while it is away. */
    public List<QueueDocument> documents(List<QueueName> queues) {
        Stored stored = stored(queues);
        Map<QueueName, QueueFigures> figures = lanes(queues)
                .map(lanes -> figures(queues, lanes, stored.recorded()))
                .orElse(Map.of());
        List<SeenWorker> living = workers.living();
        return queues.stream()
                .map(queue -> document(queue, stored, figures.get(queue), living))
                .toList();
    }

    /**
     * What there is to do on a queue.
     *
     * @throws dev.millrace.api.http.problem.ProblemException 503 while Redis is away or cold: no number would be right
     */
    public BacklogDocument backlog(QueueName queue) {
        List<QueueName> one = List.of(queue);
        Map<Lane, Backlog> lanes = lanes(one)
                .orElseThrow(
                        () -> Problem.of(ProblemType.UNAVAILABLE, "Redis, which knows what waits, cannot be asked now.")
                                .exception());
        Map<QueueName, Recorded> recorded = db.session(LIMIT, tx -> QueueRows.recorded(tx, one));
        QueueFigures found =
                Objects.requireNonNull(figures(one, lanes, recorded).get(queue));
        return new BacklogDocument(found.outstanding(), found.ready(), found.running(), found.dueSoon());
    }

    private Stored stored(List<QueueName> queues) {
        return db.session(
                LIMIT,
                tx -> new Stored(
                        QueueRows.recorded(tx, queues),
                        QueueRows.all(tx).stream()
                                .collect(Collectors.toUnmodifiableMap(QueueSetting::queue, setting -> setting))));
    }

    /** What lies in the lanes of these queues; empty while Redis is away, or does not know itself. */
    private Optional<Map<Lane, Backlog>> lanes(Collection<QueueName> queues) {
        try {
            epochs.epoch();
            return Optional.of(backlogs.of(Backlogs.lanesOf(queues)));
        } catch (StreamsUnavailable away) {
            return Optional.empty();
        }
    }

    private static Map<QueueName, QueueFigures> figures(
            Collection<QueueName> queues, Map<Lane, Backlog> lanes, Map<QueueName, Recorded> recorded) {
        return queues.stream()
                .collect(Collectors.toUnmodifiableMap(
                        queue -> queue,
                        queue -> QueueFigures.of(
                                Backlogs.lanesOf(queue).stream()
                                        .map(lanes::get)
                                        .filter(Objects::nonNull)
                                        .toList(),
                                recorded.getOrDefault(queue, Recorded.NOTHING))));
    }

    private QueueDocument document(
            QueueName queue, Stored stored, @Nullable QueueFigures figures, List<SeenWorker> living) {
        Recorded recorded = stored.recorded().getOrDefault(queue, Recorded.NOTHING);
        QueueSetting setting = stored.settings().getOrDefault(queue, QueueSetting.none(queue));
        List<Load> loads = loads(queue, living);
        Integer priority = setting.priority();
        return new QueueDocument(
                queue.value(),
                figures == null ? null : figures.ready(),
                figures == null ? null : figures.running(),
                recorded.scheduled(),
                recorded.retrying(),
                recorded.dead(),
                figures == null ? null : ageMillis(figures.oldest()),
                setting.paused(),
                setting.pausedAt(),
                setting.pauseReason(),
                loads.size(),
                loads.stream().mapToInt(Load::slots).sum(),
                priority == null ? QueueDefaults.PRIORITY : priority,
                setting.slots(),
                setting.version());
    }

    /** What those have of it who take jobs. */
    private static List<Load> loads(QueueName queue, List<SeenWorker> living) {
        return living.stream()
                .filter(worker -> worker.state() == SeenWorker.State.RUNNING)
                .map(worker -> worker.queues().get(queue))
                .filter(Objects::nonNull)
                .toList();
    }

    private @Nullable Long ageMillis(Optional<EntryId> oldest) {
        return oldest.flatMap(entry -> clock.now().map(now -> Math.max(0, now.toEpochMilli() - entry.millis())))
                .orElse(null);
    }
}
