package dev.millrace.bench.stack;

import dev.millrace.bench.records.Records;
import dev.millrace.embedded.ChildProcess;
import java.time.Duration;
import java.util.List;

/**
 * Workers that run, and where they record.
 *
 * @param size they were started with
 */
public record WorkerPool(PoolSize size, List<ChildProcess> workers, Records records) {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    public WorkerPool {
        workers = List.copyOf(workers);
    }

    public List<Long> pids() {
        return workers.stream().map(ChildProcess::pid).toList();
    }

    /** Whether one of them has ended, which none should. */
    public boolean broken() {
        return workers.stream().anyMatch(worker -> !worker.isAlive());
    }

    /** Lets them end in order; returns when all have. */
    public void stop() {
        workers.forEach(worker -> worker.send(ChildProcess.Signal.TERM));
        workers.forEach(worker -> worker.stop(ChildProcess.Signal.TERM, PATIENCE));
    }
}
