package dev.millrace.proving.chaos.scenario;

import dev.millrace.proving.chaos.fault.Fault;
import dev.millrace.proving.chaos.history.History;
import dev.millrace.proving.chaos.load.Load;
import dev.millrace.proving.chaos.load.Submits;
import dev.millrace.proving.chaos.platform.Platform;
import dev.millrace.proving.chaos.platform.Topology;
import java.time.Duration;
import java.util.Optional;

/** After a long rest and with every connection reset, the first job starts at once. */
final class Idle implements Scenario {

    private static final Duration STARTS = Duration.ofSeconds(5);
    private static final Duration WARM = Duration.ofSeconds(20);

    private volatile long submitted;

    @Override
    public String name() {
        return "idle";
    }

    @Override
    public String story() {
        return "10 minutes of nothing, then every connection to Redis and PostgreSQL is reset, then one job";
    }

    @Override
    public Topology topology() {
        return Topology.workers(1).withLinks();
    }

    @Override
    public void run(Platform platform, Size size) {
        platform.clients().send(one(0));
        platform.awaitAllEnded(WARM);
        platform.time().rest(Duration.ofSeconds(size.pick(600, 30)));
        int connections = platform.servers().redisLink().connections()
                + platform.servers().postgresLink().connections();
        platform.figure("connectionsReset", connections);
        platform.faults().inflicted(Fault.Kind.CUT, "all connections are reset", 0);
        platform.servers().redisLink().reset();
        platform.servers().postgresLink().reset();
        submitted = platform.time().now();
        platform.clients().send(one(1));
    }

    private static Load one(long number) {
        return new Load(number, 1, 1, 1, n -> Load.job("chaos.work", n, 10, ""));
    }

    @Override
    public void judge(Platform platform, History history) {
        String job = Optional.ofNullable(history.accepted().get(1L))
                .map(Submits.Accepted::job)
                .orElse("");
        long started = history.executions().stream()
                .filter(run -> run.job().equals(job))
                .mapToLong(run -> run.startedAt() - submitted)
                .findFirst()
                .orElse(Long.MAX_VALUE);
        platform.figure("startedAfterMs", started);
        platform.require(
                started <= STARTS.toMillis(), "The first job started %d ms after its submit".formatted(started));
    }
}
