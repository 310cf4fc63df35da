package dev.millrace.bench.stack;

import dev.millrace.bench.records.Records;
import dev.millrace.embedded.CannotStart;
import dev.millrace.embedded.ChildProcess;
import dev.millrace.embedded.Ports;
import dev.millrace.local.run.Workshop;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Starts workers that have the bench's tasks. */
public final class WorkerLauncher {

    private final Workshop shop;
    private final String redisUrl;
    private int pools;

    /** {@code redisUrl} is where they find their jobs. */
    public WorkerLauncher(Workshop shop, String redisUrl) {
        this.shop = shop;
        this.redisUrl = redisUrl;
    }

    /**
     * Starts them with a new folder to record in, and does not wait until they are ready.
     *
     * @throws CannotStart if they were not built
     */
    public WorkerPool start(PoolSize size) {
        Path jar = shop.checkout().resolve("deploy/bench/worker/target/quarkus-app/quarkus-run.jar");
        if (!Files.isRegularFile(jar)) {
            throw new CannotStart(jar + " is not there: './millrace bench' builds it.");
        }
        Path records = shop.folder("records-" + ++pools);
        List<ChildProcess> workers = new ArrayList<>();
        for (int number = 1; number <= size.workers(); number++) {
            workers.add(start("bench-worker-" + number, jar, environment(size, records)));
        }
        return new WorkerPool(size, workers, new Records(records));
    }

    private ChildProcess start(String name, Path jar, Map<String, String> environment) {
        ChildProcess process =
                ChildProcess.start(name, command(jar), environment, shop.logs().log(name));
        shop.children().adopt("java", process);
        return process;
    }

    // As ./millrace up starts a worker.
    private List<String> command(Path jar) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dlocal.home=" + shop.home().folder(),
                "-jar",
                jar.toString());
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
