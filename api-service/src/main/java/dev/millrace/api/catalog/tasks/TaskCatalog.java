package dev.millrace.api.catalog.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.catalog.tasks.CatalogTables.Pulse;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.fleet.WorkerEvent.TaskOffered;
import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import dev.millrace.json.Violation;
import dev.millrace.postgres.BadData;
import dev.millrace.postgres.DatabaseUnavailable;
import dev.millrace.postgres.Db;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/**
 * All tasks and queues that workers ever announced, and the workers that offer a task now.
 *
 * <p>Questions are answered from memory, on any thread. {@link #apply} and {@link #refresh} block for PostgreSQL and are
 * for virtual threads. What {@code apply} has written survives any crash; a crash in its middle has written nothing, and
 * the same events may be applied again, by any instance and in any order: each row keeps the id of the entry it is from,
 * and only a greater one replaces it. So when two workers describe a task differently, the later announcement wins,
 * whichever worker is the newer one.
 *
 * <p>A worker counts among a task's workers until it leaves or 60 s pass without an event of it, by the clock of PostgreSQL.
 */
@ApplicationScoped
public class TaskCatalog implements KnownTasks {

    private static final Logger LOG = Logger.getLogger(TaskCatalog.class);

    private final CatalogTables tables;
    private final PayloadSchemas schemas = new PayloadSchemas();
    private final ReentrantLock refreshing = new ReentrantLock();
    private CatalogSnapshot everything = CatalogSnapshot.EMPTY;
    private volatile CatalogSnapshot present = CatalogSnapshot.EMPTY;

    @Inject
    public TaskCatalog(Db db) {
        this.tables = new CatalogTables(db);
    }

    /** Whether the catalog was read since the start. */
    @Override
    public boolean isLoaded() {
        return present.version() >= 0;
    }

    @Override
    public void requireLoaded() {
        if (!isLoaded()) {
            throw Problem.of(ProblemType.UNAVAILABLE, "The catalog of tasks is not read yet. Send it again shortly.")
                    .exception();
        }
    }

    @Override
    public Optional<TaskInfo> find(TaskName name) {
        return Optional.ofNullable(present.tasks().get(name));
    }

    /** All tasks, ordered by name. */
    public NavigableMap<TaskName, TaskInfo> tasks() {
        return present.tasks();
    }

    /** The queues that a worker ever served or a task ever named. */
    public Set<QueueName> queues() {
        return present.queues();
    }

    @Override
    public boolean knowsQueue(QueueName queue) {
        return present.queues().contains(queue);
    }

    @Override
    public List<Violation> validate(TaskInfo task, JsonNode payload) {
        return schemas.validate(task, payload);
    }

    /**
     * Writes the events in one transaction and reads them back: afterwards this instance knows them, the others within a
     * second. An offer whose schemas are none is logged and passed over.
     *
     * @throws DatabaseUnavailable if PostgreSQL could not be asked; nothing or all is written then
     * @throws BadData if PostgreSQL will never take some of them; nothing is written
     */
    public void apply(Collection<FleetEntry> events) {
        List<FleetEntry> usable = events.stream().filter(this::isUsable).toList();
        if (!usable.isEmpty()) {
            tables.write(CatalogChanges.of(usable));
            refresh();
        }
    }

    /**
     * Looks once whether another instance changed the catalog, and which workers are there.
     *
     * @throws DatabaseUnavailable if PostgreSQL could not be asked; what was known stays known
     */
    public void refresh() {
        refreshing.lock();
        try {
            Pulse pulse = tables.pulse();
            if (pulse.version() != everything.version()) {
                everything = tables.read(pulse.version());
            }
            present = everything.among(pulse.live());
        } finally {
            refreshing.unlock();
        }
    }

    /** Whether there is nothing wrong with the schemas of an offer; true of all other events. */
    public boolean isUsable(FleetEntry entry) {
        boolean usable = !(entry.event() instanceof TaskOffered offer)
                || schemas.accepts(offer.payloadSchema()) && schemas.accepts(offer.resultSchema());
        if (!usable) {
            LOG.warnf(
                    "Worker %s offers a task whose schemas cannot be used, entry %s: the offer is passed over.",
                    entry.event().worker(), entry.at());
        }
        return usable;
    }
}
