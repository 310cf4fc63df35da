package dev.millrace.proving.chaos.scenario;

import dev.millrace.proving.chaos.load.Load;
import dev.millrace.proving.chaos.platform.Node;
import dev.millrace.proving.chaos.platform.Platform;
import dev.millrace.proving.chaos.platform.Topology;
import java.time.Duration;

/** A worker that stands still longer than its lease comes back fenced: what it holds has ended elsewhere. */
final class WorkersPaused implements Scenario {

    private static final Duration STILL = Duration.ofSeconds(25);
    private static final Duration BETWEEN = Duration.ofSeconds(10);

    @Override
    public String name() {
        return "workers-paused";
    }

    @Override
    public String story() {
        return "1,800 jobs of 1 to 3 s on 3 workers, one of which stands still for 25 s (SIGSTOP), again and again";
    }

    @Override
    public Topology topology() {
        return Topology.workers(3);
    }

    @Override
    public void run(Platform platform, Size size) {
        platform.submit(Load.work(size.jobs(1_800, 300), 15, 1_000, 3_000));
        platform.whileBusy(
                BETWEEN, size.pick(10, 1), round -> pause(platform, platform.ready(platform.workers(), round)));
    }

    private static void pause(Platform platform, Node worker) {
        worker.pause();
        try {
            platform.time().rest(STILL);
        } finally {
            worker.resume();
        }
    }
}
