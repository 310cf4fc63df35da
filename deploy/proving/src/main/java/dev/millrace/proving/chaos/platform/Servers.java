package dev.millrace.proving.chaos.platform;

import dev.millrace.embedded.EmbeddedPostgres;
import dev.millrace.embedded.EmbeddedRedis;
import dev.millrace.local.run.Workshop;
import dev.millrace.proving.chaos.fault.FaultProxy;
import dev.millrace.time.Time;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Redis and PostgreSQL, as durable as {@code ./millrace up} makes them, and the links to them. The links are always there;
 * services use them if the topology says so.
 */
public record Servers(EmbeddedRedis redis, EmbeddedPostgres postgres, FaultProxy redisLink, FaultProxy postgresLink) {

    private static final long SEED = 2026;

    static Servers start(Workshop shop, Topology topology, Time time) {
        EmbeddedRedis redis = redis(shop, topology.redis());
        EmbeddedPostgres postgres = postgres(shop);
        RandomGenerator chance = new SplittableRandom(SEED);
        return new Servers(
                redis,
                postgres,
                FaultProxy.to("redis", redis.port(), chance, time),
                FaultProxy.to("postgres", postgres.port(), chance, time));
    }

    Map<String, String> addresses(boolean linked) {
        return Map.of(
                "REDIS_URL",
                linked ? "redis://127.0.0.1:" + redisLink.port() : redis.url(),
                "DATABASE_URL",
                "postgresql://postgres@127.0.0.1:" + (linked ? postgresLink.port() : postgres.port()) + "/millrace");
    }

    void closeLinks() {
        redisLink.close();
        postgresLink.close();
    }

    private static EmbeddedRedis redis(Workshop shop, List<String> arguments) {
        return EmbeddedRedis.start(EmbeddedRedis.Options.durable(shop.home().redis())
                .withArguments(arguments.toArray(String[]::new))
                .withLog(shop.logs().log("redis"))
                .withLaunched(process -> shop.children().adopt("redis-server", process)));
    }

    private static EmbeddedPostgres postgres(Workshop shop) {
        return EmbeddedPostgres.start(
                EmbeddedPostgres.Options.durable(shop.home().postgres())
                        .withLog(shop.logs().log("postgres"))
                        .withLaunched(process -> shop.children().adopt(process.name(), process)));
    }
}
