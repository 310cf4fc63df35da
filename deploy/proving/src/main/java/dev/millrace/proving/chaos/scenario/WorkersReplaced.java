package dev.millrace.proving.chaos.scenario;

import dev.millrace.proving.chaos.load.Load;
import dev.millrace.proving.chaos.platform.Node;
import dev.millrace.proving.chaos.platform.Platform;
import dev.millrace.proving.chaos.platform.Topology;
import java.time.Duration;

/** A rolling restart, as deployments do it, repeats nothing that is shorter than the grace. */
final class WorkersReplaced implements Scenario {

    private static final Duration GRACE = Duration.ofSeconds(25);
    private static final Duration EXIT = GRACE.plusSeconds(5);
    private static final Duration BETWEEN = Duration.ofSeconds(3);

    @Override
    public String name() {
        return "workers-replaced";
    }

    @Override
    public String story() {
        return "900 jobs of 0.1 to 10 s on 3 workers with a grace of 25 s, each stopped (SIGTERM) and started in turn";
    }

    @Override
    public Topology topology() {
        return Topology.workers(3).withGrace(GRACE);
    }

    @Override
    public void run(Platform platform, Size size) {
        platform.submit(Load.work(size.jobs(900, 150), 6, 100, 10_000));
        long[] slowest = {0};
        platform.whileBusy(BETWEEN, size.pick(9, 1), round -> {
            Node worker = platform.ready(platform.workers(), round);
            Duration exit = worker.terminate();
            slowest[0] = Math.max(slowest[0], exit.toMillis());
            platform.require(
                    exit.compareTo(EXIT) <= 0,
                    "I33: %s ended %d ms after SIGTERM".formatted(worker.name(), exit.toMillis()));
            platform.ready(platform.workers(), round);
        });
        platform.figure("slowestExitMs", slowest[0]);
    }
}
