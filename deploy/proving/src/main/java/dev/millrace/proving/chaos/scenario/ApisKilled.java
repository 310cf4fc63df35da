package dev.millrace.proving.chaos.scenario;

import dev.millrace.proving.chaos.load.Load;
import dev.millrace.proving.chaos.platform.Platform;
import dev.millrace.proving.chaos.platform.Topology;
import java.time.Duration;

/** Whatever was answered 202 is there, and a call that was repeated by its key made one job. */
final class ApisKilled implements Scenario {

    private static final Duration BETWEEN = Duration.ofSeconds(10);

    @Override
    public String name() {
        return "apis-killed";
    }

    @Override
    public String story() {
        return "12,000 jobs submitted one by one, 100 a second, to 2 apis, one of which is killed with -9 every 10 s";
    }

    @Override
    public Topology topology() {
        return Topology.workers(1).withApis(2);
    }

    @Override
    public Duration untilClean() {
        // What a dead api had read another one records 30 s later, and the marks of those ends go 20 s after that.
        return Duration.ofSeconds(60);
    }

    @Override
    public void run(Platform platform, Size size) {
        platform.submit(Load.work(size.jobs(12_000, 2_000), 100, 1, 20).inCallsOf(1));
        platform.whileBusy(
                BETWEEN,
                size.pick(20, 2),
                round -> platform.whenAllAreReady(platform.apis(), round).kill());
    }
}
