package dev.millrace.proving.chaos.scenario;

import dev.millrace.proving.chaos.load.Load;
import dev.millrace.proving.chaos.platform.Node;
import dev.millrace.proving.chaos.platform.Platform;
import dev.millrace.proving.chaos.platform.Topology;
import dev.millrace.proving.checker.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;

/** Everything at once: the next fault comes before the last one is over. */
final class Storm implements Scenario {

    private static final long SEED = 2026;
    private static final int WORKERS = 2;
    private static final int PER_SECOND = 40;
    private static final Duration STILL = Duration.ofSeconds(20);
    private static final Duration AWAY = Duration.ofSeconds(2);

    private static final List<BiConsumer<Platform, Integer>> FAULTS = List.of(
            (platform, round) -> platform.ready(platform.workers(), round).kill(),
            (platform, round) ->
                    platform.whenAllAreReady(platform.apis(), round).kill(),
            (platform, round) -> pause(platform, platform.ready(platform.workers(), round)),
            (platform, round) -> platform.ready(platform.schedulers(), round).kill(),
            (platform, round) -> platform.killRedis(AWAY),
            (platform, round) -> platform.emptyRedis(),
            (platform, round) -> platform.killPostgres(AWAY),
            (platform, round) -> platform.workers().forEach(Node::kill));

    @Override
    public String name() {
        return "storm";
    }

    @Override
    public String story() {
        return "jobs of all kinds, 40 a second; workers, apis, schedulers and servers are killed, paused and emptied every 7 s";
    }

    @Override
    public Topology topology() {
        return Topology.workers(WORKERS).withApis(2);
    }

    @Override
    public Limits limits() {
        // A worker may die while Redis is away, and Redis lose what an api has just read.
        long longest = Duration.ofMinutes(2).toMillis();
        return Limits.PROMISED.recoveringWithin(longest, longest);
    }

    @Override
    public Duration untilClean() {
        // What a dead api had read another one records 30 s later, and the marks of those ends go 20 s after that.
        return Duration.ofSeconds(60);
    }

    @Override
    public void run(Platform platform, Size size) {
        platform.submit(Load.work(size.jobs(6_000, 2_000), PER_SECOND, 50, 800)
                .inCallsOf(4)
                .of(Storm::job));
        List<BiConsumer<Platform, Integer>> faults = order(size.pick(5, 1));
        platform.whileBusy(
                Duration.ofSeconds(size.pick(7, 5)),
                faults.size(),
                round -> faults.get(round).accept(platform, round));
    }

    private static String job(long n) {
        return switch ((int) (n % 6)) {
            case 0 -> Load.job("chaos.work", n, 50, ",\"delay\":\"PT" + Load.spread(n, 1, 20) + "S\"");
            case 1 -> "{\"task\":\"chaos.frail\",\"payload\":{\"n\":%d,\"ms\":50,\"failures\":2}}".formatted(n);
            default -> Load.job("chaos.work", n, Load.spread(n, 50, 800), "");
        };
    }

    // The same order each time, so that what is found can be found again.
    private static List<BiConsumer<Platform, Integer>> order(int times) {
        Random chance = new Random(SEED);
        List<BiConsumer<Platform, Integer>> all = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            List<BiConsumer<Platform, Integer>> shuffled = new ArrayList<>(FAULTS);
            Collections.shuffle(shuffled, chance);
            all.addAll(shuffled);
        }
        return all;
    }

    private static void pause(Platform platform, Node worker) {
        worker.pause();
        Thread.ofVirtual().start(() -> {
            platform.time().rest(STILL);
            worker.resume();
        });
    }
}
