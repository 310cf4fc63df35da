package dev.millrace.bench.workload;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.bench.counts.WakeUps;
import dev.millrace.bench.measure.Counter;
import dev.millrace.bench.measure.CpuTime;
import dev.millrace.bench.measure.Meter;
import dev.millrace.bench.records.Calls;
import dev.millrace.bench.stack.PoolSize;
import dev.millrace.bench.stack.Target;
import dev.millrace.bench.stack.WorkerLauncher;
import dev.millrace.bench.stack.WorkerPool;
import dev.millrace.bench.submit.Bodies;
import dev.millrace.bench.submit.Submitter;
import dev.millrace.time.Time;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What workloads have at hand: the stack, the workers of the moment, and what is still queued. For one thread. */
public final class BenchContext implements AutoCloseable {

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(3);
    private static final String NOOP = "bench.noop";
    private static final double BYTES_PER_MIB = 1 << 20;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(50);

    private final Target target;
    private final Submitter submitter;
    private final WorkerLauncher launcher;
    private final CpuTime cpu;
    private final Time time;
    private final Lanes lanes;
    private @Nullable WorkerPool pool;
    private long queued;
    private long calls;

    public BenchContext(
            Target target, Submitter submitter, WorkerLauncher launcher, CpuTime cpu, Time time, List<String> queues) {
        this.target = target;
        this.submitter = submitter;
        this.launcher = launcher;
        this.cpu = cpu;
        this.time = time;
        this.lanes = new Lanes(URI.create(target.redisUrl()), queues);
    }

    Submitter submitter() {
        return submitter;
    }

    Time time() {
        return time;
    }

    /** Starts measuring what the work from here on costs every process, the bench's own as {@code producer}. */
    Meter meter() {
        Map<String, List<Long>> parties = new LinkedHashMap<>();
        for (String role : List.of("api", "scheduler")) {
            addTo(parties, role, target.processes().getOrDefault(role, List.of()));
        }
        addTo(parties, "worker", pool == null ? List.of() : pool.pids());
        for (String server : List.of("redis", "postgres")) {
            addTo(parties, server, target.processes().getOrDefault(server, List.of()));
        }
        List<Counter> counters = new ArrayList<>(target.counters());
        counters.add(new WakeUps(Path.of("/proc"), parties));
        return Meter.start(cpu, ProcessHandle.current().pid(), time.nanos(), parties, counters);
    }

    /** Of the processes of a role together, as far as they lie in memory; 0 where nothing is known. */
    double memoryMiB(String role) {
        return target.processes().getOrDefault(role, List.of()).stream()
                        .mapToLong(cpu::memoryBytes)
                        .sum()
                / BYTES_PER_MIB;
    }

    private static void addTo(Map<String, List<Long>> parties, String party, List<Long> pids) {
        if (!pids.isEmpty()) {
            parties.put(party, pids);
        }
    }

    /** Makes sure that the api knows the tasks, which it does once some worker has offered them, and that no worker runs. */
    void withoutWorkers(PoolSize size) {
        if (!tasksAreKnown()) {
            withWorkers(size);
        }
        stop();
    }

    /** Workers of this size, ready; those that run already if they are of it. */
    WorkerPool withWorkers(PoolSize size) {
        WorkerPool current = pool;
        if (current != null && current.size().equals(size)) {
            return current;
        }
        stop();
        WorkerPool started = start(size);
        warm(started);
        return started;
    }

    /** Workers of this size, which have run as many jobs as it takes to be warm. */
    WorkerPool warm(Plan plan, PoolSize size) {
        WorkerPool pool = withWorkers(size);
        long before = pool.records().count();
        long missing = plan.warm() - before;
        if (missing > 0) {
            long ended = ended(NOOP);
            submitter.bulk(missing, plan.shape(), plan.clients());
            awaitCount(pool, plan.warm());
            awaitEnded(NOOP, ended + missing);
        }
        return pool;
    }

    /** Starts workers and does not wait until they are ready; none runs before. */
    WorkerPool start(PoolSize size) {
        WorkerPool started = launcher.start(size);
        pool = started;
        return started;
    }

    private void warm(WorkerPool started) {
        until("the api to know the bench's tasks: see the log of the bench's worker", started, this::tasksAreKnown);
        submitter.bulk(1, Bodies::warm, 1);
        until("the first job to run", started, () -> !started.records().stamps().isEmpty());
    }

    private boolean tasksAreKnown() {
        return submitter.has("/api/v1/tasks/bench.noop");
    }

    /** Remembers that jobs wait which no worker has run. */
    void left(long jobs) {
        queued += jobs;
    }

    /** Runs what earlier workloads have left. */
    void settle(PoolSize size) {
        if (queued > 0) {
            long before = pool == null ? 0 : pool.records().count();
            WorkerPool current = pool == null ? start(size) : pool;
            awaitCount(current, before + queued);
            queued = 0;
        }
    }

    /** Waits until so many calls were counted, and returns them. */
    Calls awaitCount(WorkerPool current, long count) {
        until(count + " jobs to run", current, () -> current.records().count() >= count);
        return current.records().calls().orElseThrow();
    }

    /** Waits for the first call. */
    Calls awaitFirst(WorkerPool current) {
        return awaitCount(current, 1);
    }

    void until(String what, WorkerPool current, BooleanSupplier done) {
        await(what, BETWEEN_LOOKS, () -> {
            if (current.broken()) {
                throw new IllegalStateException("A worker of the bench has ended while it was measured.");
            }
            return done.getAsBoolean();
        });
    }

    /** Fills the record with jobs that have ended. */
    void seed(long rows) {
        target.database().ifPresentOrElse(database -> new EndedRows(database).add(rows), () -> {
            throw new IllegalStateException("Only a stack of the bench's own is filled with ended rows.");
        });
    }

    /** How many jobs of a task have ended, as clients see it. */
    long ended(String task) {
        return submitter
                .get("/api/v1/jobs/counts?state=SUCCEEDED&task=" + task)
                .path("SUCCEEDED")
                .asLong();
    }

    /** How many jobs of a task there are, whatever became of them. */
    long all(String task) {
        long all = 0;
        for (JsonNode count : submitter.get("/api/v1/jobs/counts?task=" + task)) {
            all += count.asLong();
        }
        return all;
    }

    /** How many calls all tasks that count have seen, of all workers that there were. */
    long calls() {
        return calls + (pool == null ? 0 : pool.records().count());
    }

    /** Waits until clients see so many ends. */
    void awaitEnded(String task, long ended) {
        await(ended + " ends in the record", BETWEEN_QUESTIONS, () -> lanes.recorded() && ended(task) >= ended);
    }

    /** How many workflows have succeeded, as clients see it. */
    long endedWorkflows() {
        return submitter.get("/api/v1/workflows/counts").path("SUCCEEDED").asLong();
    }

    /** Waits until clients see so many workflows that have succeeded. */
    void awaitEndedWorkflows(long ended) {
        await(ended + " workflows to have ended", BETWEEN_QUESTIONS, () -> endedWorkflows() >= ended);
    }

    /** Waits until all events are in the record. */
    void awaitRecorded() {
        await("the record", BETWEEN_QUESTIONS, lanes::recorded);
    }

    /** Lets no job of the bench start. */
    void pause() {
        lanes.queues().forEach(submitter::pause);
    }

    /** Lets them start again. */
    void resume() {
        lanes.queues().forEach(submitter::resume);
    }

    /** Waits until so many lie in Redis. */
    void awaitQueued(long jobs) {
        await(jobs + " jobs to lie in Redis", BETWEEN_LOOKS, () -> lanes.length() >= jobs);
    }

    private void await(String what, Duration tick, BooleanSupplier done) {
        if (!time.comes(LONGEST_WAIT, tick, done)) {
            throw new TookTooLong("Waited " + LONGEST_WAIT.toSeconds() + " s for " + what + ".");
        }
    }

    private void stop() {
        Optional.ofNullable(pool).ifPresent(ending -> {
            ending.stop();
            calls += ending.records().count();
        });
        pool = null;
    }

    @Override
    public void close() {
        stop();
    }
}
