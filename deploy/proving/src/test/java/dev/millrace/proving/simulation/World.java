package dev.millrace.proving.simulation;

import dev.millrace.job.JobId;
import dev.millrace.proving.checker.history.Line.Fault;
import dev.millrace.testkit.fake.FakeRedis;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Time, chance, Redis, PostgreSQL, and what befalls them. */
final class World {

    static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

    private static final long LEASE_MILLIS = 15_000;

    private final SplittableRandom random;
    private final @Nullable Bug bug;
    private final Weather weather;
    private final FakeRedis redis;
    private final Ledger record;
    private final Trace trace;
    private final Map<JobId, Task> tasks = new HashMap<>();
    private final List<FakeRedis.Snapshot> snapshots = new ArrayList<>();
    private long now;
    private long redisOffset;
    private long redisAwayUntil;
    private long postgresAwayUntil;
    private final Map<String, Long> cutOffUntil = new HashMap<>();
    private long linksClosedAt = -LEASE_MILLIS;
    private boolean stormy = true;

    World(long seed, @Nullable Bug bug) {
        this.random = new SplittableRandom(seed);
        this.bug = bug;
        this.weather = Weather.of(random);
        this.redis = new FakeRedis(() -> START.plusMillis(now + redisOffset), () -> now);
        this.record = new Ledger(this);
        this.trace = new Trace(this);
        if (bug != null && bug.flaw() != null) {
            redis.plant(Objects.requireNonNull(bug.flaw()));
        }
    }

    boolean has(Bug one) {
        return bug == one;
    }

    long now() {
        return now;
    }

    void at(long then) {
        now = Math.max(now, then);
    }

    /** By the clock of the processes and of PostgreSQL. */
    Instant instant() {
        return START.plusMillis(now);
    }

    int random(int bound) {
        return random.nextInt(bound);
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    SplittableRandom generator() {
        return random;
    }

    Weather weather() {
        return weather;
    }

    FakeRedis redis() {
        return redis;
    }

    Ledger record() {
        return record;
    }

    Trace trace() {
        return trace;
    }

    void does(JobId job, Task task) {
        tasks.put(job, task);
    }

    Task task(JobId job) {
        return Objects.requireNonNull(tasks.get(job), () -> "nobody submitted " + job);
    }

    /** Whether faults still come. */
    boolean stormy() {
        return stormy;
    }

    boolean redisIsAway() {
        return now < redisAwayUntil;
    }

    /** Whether this process cannot reach Redis, which others may reach. */
    boolean isCutOff(String process) {
        return now < cutOffUntil.getOrDefault(process, 0L);
    }

    boolean postgresIsAway() {
        return now < postgresAwayUntil;
    }

    /** All is well from now on. */
    void clearUp() {
        stormy = false;
        redisAwayUntil = now;
        postgresAwayUntil = now;
        cutOffUntil.clear();
    }

    /**
     * What is between these processes and Redis closes all their connections, and each can open another sooner or later. That is
     * soon enough for its lease, so it explains no run that is repeated.
     */
    void closeLinks(List<String> processes) {
        if (weather.has(Weather.Kind.CLOSED_LINKS) && now - linksClosedAt > LEASE_MILLIS) {
            linksClosedAt = now;
            for (String process : processes) {
                redis.cut(process);
                cutOffUntil.put(process, now + random.nextInt(8_000));
            }
        }
    }

    /** The same of one process, for which it takes no time that counts. */
    void closeLinks(String process) {
        if (weather.has(Weather.Kind.CLOSED_LINKS)) {
            redis.cut(process);
        }
    }

    /** One thing happens to a server, if this seed knows it. */
    void befall() {
        snapshots.add(redis.snapshot());
        switch (random.nextInt(6)) {
            case 0 -> flush();
            case 1 -> restart();
            case 2 -> setBack();
            case 3 -> moveClock();
            case 4 -> loseRedis();
            default -> losePostgres();
        }
    }

    private void flush() {
        if (weather.has(Weather.Kind.FLUSH)) {
            trace.capture();
            redis.loseAll();
            trace.startAgain();
            trace.fault(Fault.Type.REDIS_LOST, null, null, now);
        }
    }

    private void restart() {
        if (weather.has(Weather.Kind.RESTART)) {
            redis.restart();
            redisAwayUntil = now + random.nextInt(10_000);
            trace.fault(Fault.Type.REDIS_DOWN, null, null, redisAwayUntil);
        }
    }

    private void setBack() {
        if (weather.has(Weather.Kind.SET_BACK)) {
            trace.capture();
            redis.goBack(snapshots.get(random.nextInt(snapshots.size())));
            trace.startAgain();
            redisAwayUntil = now + random.nextInt(3_000);
            trace.fault(Fault.Type.REDIS_SET_BACK, null, null, redisAwayUntil);
        }
    }

    private void moveClock() {
        if (weather.has(Weather.Kind.CLOCK)) {
            redisOffset += random.nextBoolean() ? 60_000 : -60_000;
            trace.fault(Fault.Type.CLOCK, null, null, now);
        }
    }

    private void loseRedis() {
        if (weather.has(Weather.Kind.LOST_CALLS)) {
            redis.cutAll();
            redisAwayUntil = now + random.nextInt(30_000);
            trace.fault(Fault.Type.REDIS_DOWN, null, null, redisAwayUntil);
        }
    }

    private void losePostgres() {
        if (weather.has(Weather.Kind.POSTGRES)) {
            postgresAwayUntil = now + random.nextInt(20_000);
            trace.fault(Fault.Type.POSTGRES_DOWN, null, null, postgresAwayUntil);
        }
    }

    void cut(String process) {
        trace.fault(Fault.Type.CUT, process, null, now + 15_000);
    }
}
