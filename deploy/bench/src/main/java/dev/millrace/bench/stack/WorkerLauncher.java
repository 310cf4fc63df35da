package dev.millrace.bench.stack;

import dev.millrace.bench.records.Records;
import dev.millrace.embedded.ChildProcess;
import dev.millrace.embedded.Ports;
import dev.millrace.local.run.Programs;
import dev.millrace.local.run.Role;
import dev.millrace.local.run.Workshop;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Starts workers that have the bench's tasks. */
public final class WorkerLauncher {

    private final Workshop shop;
    private final Programs programs;
    private final String redisUrl;
    private int pools;

    /** The worker among the programs has the bench's tasks; {@code redisUrl} is where it finds its jobs. */
    public WorkerLauncher(Workshop shop, Programs programs, String redisUrl) {
        this.shop = shop;
        this.programs = programs;
        this.redisUrl = redisUrl;
    }

    /** Starts them with a new folder to record in, and does not wait until they are ready. */
    public WorkerPool start(PoolSize size) {
        Path records = shop.folder("records-" + ++pools);
        List<ChildProcess> workers = new ArrayList<>();
        for (int number = 1; number <= size.workers(); number++) {
            workers.add(start("bench-worker-" + number, environment(size, records)));
        }
        return new WorkerPool(size, workers, new Records(records));
    }

    private ChildProcess start(String name, Map<String, String> environment) {
        ChildProcess process =
                ChildProcess.start(name, command(), environment, shop.logs().log(name));
        shop.children().adopt(programs.program(Role.WORKER), process);
        return process;
    }

    // As ./millrace up starts a worker.
    private List<String> command() {
        return programs.command(
                Role.WORKER, List.of("-Dlocal.home=" + shop.home().folder()));
    }

    private Map<String, String> environment(PoolSize size, Path records) {
        Map<String, String> environment = new HashMap<>(size.environment());
        environment.put("REDIS_URL", redisUrl);
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(Ports.free()));
        environment.put("MILLRACE_WORKER_GRACE", "PT2S");
        environment.put("MILLRACE_WORKER_TASKS_BENCH_OUT", records.toString());
        return environment;
    }
}
