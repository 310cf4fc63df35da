package dev.millrace.proving.chaos.scenario;

import dev.millrace.proving.chaos.history.History;
import dev.millrace.proving.chaos.load.Pulses;
import dev.millrace.proving.chaos.platform.Platform;
import dev.millrace.proving.chaos.platform.Topology;
import dev.millrace.proving.chaos.verdict.Spread;
import dev.millrace.proving.chaos.verdict.Ticks;
import dev.millrace.time.Time;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Every tick makes one job, whoever of the schedulers is dead, and soon. */
final class Schedules implements Scenario {

    private static final Duration BETWEEN = Duration.ofSeconds(10);
    private static final Duration CALM = Duration.ofSeconds(5);
    private static final Duration LATE_P99 = Duration.ofSeconds(1);

    private @Nullable Pulses pulses;
    private int asked;

    @Override
    public String name() {
        return "schedules";
    }

    @Override
    public String story() {
        return "200 schedules of one second for 5 minutes, and 3 schedulers, one of which is killed with -9 every 10 s";
    }

    @Override
    public Topology topology() {
        return Topology.workers(2).withSchedulers(3);
    }

    @Override
    public void run(Platform platform, Size size) {
        Pulses all = new Pulses(platform.clients(), platform.time());
        pulses = all;
        asked = size.jobs(200, 50);
        all.make(asked);
        for (int round = 0; round < size.pick(30, 4); round++) {
            platform.time().rest(BETWEEN);
            platform.whenAllAreReady(platform.schedulers(), round).kill();
        }
        platform.time().rest(BETWEEN);
        all.pause();
        awaitCalm(platform);
    }

    /** What was due before the pause is still sent, and sent again. */
    private static void awaitCalm(Platform platform) {
        Time time = platform.time();
        int before = -1;
        int now = fires(platform);
        while (now != before) {
            time.rest(CALM);
            before = now;
            now = fires(platform);
        }
    }

    private static int fires(Platform platform) {
        return platform.table().fires().map(all -> all.size()).orElse(0);
    }

    @Override
    public void judge(Platform platform, History history) {
        Map<String, Long> made = Objects.requireNonNull(pulses, "was played").made();
        Map<String, Long> pausing = Objects.requireNonNull(pulses, "was played").pausing();
        platform.require(made.size() == asked, "%d of %d schedules were made".formatted(made.size(), asked));
        platform.require(pausing.size() == asked, "%d of %d schedules were paused".formatted(pausing.size(), asked));
        Ticks ticks = new Ticks(history.fires());
        ticks.broken(made, pausing).forEach(platform::broke);
        // Before the first fault everything is cold.
        long warm = history.faults().isEmpty() ? 0 : history.faults().getFirst().at();
        judge(platform, history.fires().size(), ticks.lateness(warm));
    }

    private static void judge(Platform platform, int fires, Spread late) {
        platform.figure("fires", fires);
        platform.figure("lateP50Ms", late.percentile(50));
        platform.figure("lateP99Ms", late.percentile(99));
        platform.figure("lateMaxMs", late.longest());
        platform.require(
                late.percentile(99) <= LATE_P99.toMillis(),
                "Jobs of schedules were made late: %d ms at p99".formatted(late.percentile(99)));
    }
}
