package dev.millrace.proving.chaos.scenario;

import dev.millrace.proving.chaos.load.Load;
import dev.millrace.proving.chaos.platform.Platform;
import dev.millrace.proving.chaos.platform.Topology;
import java.time.Duration;

/** A job that runs in a worker that dies is started elsewhere, and ends once. */
final class WorkersKilled implements Scenario {

    private static final Duration BETWEEN = Duration.ofSeconds(10);

    @Override
    public String name() {
        return "workers-killed";
    }

    @Override
    public String story() {
        return "20,000 jobs of 50 to 350 ms on 3 workers, one of which is killed with -9 every 10 s";
    }

    @Override
    public Topology topology() {
        return Topology.workers(3);
    }

    @Override
    public void run(Platform platform, Size size) {
        platform.submit(Load.work(size.jobs(20_000, 2_000), 150, 50, 350));
        platform.whileBusy(
                BETWEEN,
                size.pick(40, 1),
                round -> platform.ready(platform.workers(), round).kill());
    }
}
