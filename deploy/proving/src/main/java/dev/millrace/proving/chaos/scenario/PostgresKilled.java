package dev.millrace.proving.chaos.scenario;

import dev.millrace.proving.chaos.load.Load;
import dev.millrace.proving.chaos.platform.Platform;
import dev.millrace.proving.chaos.platform.Topology;
import java.time.Duration;

/** Without PostgreSQL workers go on with what was accepted, and submits are refused at once. */
final class PostgresKilled implements Scenario {

    private static final Duration BETWEEN = Duration.ofSeconds(15);
    private static final Duration AWAY = Duration.ofSeconds(8);
    private static final Duration REFUSED_WITHIN = Duration.ofMillis(2_500);

    @Override
    public String name() {
        return "postgres-killed";
    }

    @Override
    public String story() {
        return "8,000 jobs of 0.2 to 1 s, 80 a second; PostgreSQL is killed with -9 and away for 8 s, four times";
    }

    @Override
    public Topology topology() {
        return Topology.workers(4);
    }

    @Override
    public void run(Platform platform, Size size) {
        platform.submit(Load.work(size.jobs(8_000, 2_000), 80, 200, 1_000));
        platform.whileBusy(BETWEEN, size.pick(4, 1), round -> platform.killPostgres(AWAY));
        Duration slowest = platform.clients().submits().slowestUnavailable();
        platform.figure("unavailable", platform.clients().submits().unavailableCalls());
        platform.figure("slowestUnavailableMs", slowest.toMillis());
        platform.require(slowest.compareTo(REFUSED_WITHIN) <= 0, "I31: a 503 took %d ms".formatted(slowest.toMillis()));
    }
}
