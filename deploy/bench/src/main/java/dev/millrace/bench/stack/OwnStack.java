package dev.millrace.bench.stack;

import dev.millrace.bench.counts.PostgresCounts;
import dev.millrace.bench.counts.RedisCounts;
import dev.millrace.embedded.ChildProcess;
import dev.millrace.embedded.EmbeddedPostgres;
import dev.millrace.embedded.EmbeddedRedis;
import dev.millrace.embedded.Ports;
import dev.millrace.embedded.PostgresUrl;
import dev.millrace.local.aot.AotCaches;
import dev.millrace.local.home.RunFile;
import dev.millrace.local.run.Form;
import dev.millrace.local.run.Http;
import dev.millrace.local.run.Programs;
import dev.millrace.local.run.Role;
import dev.millrace.local.run.Service;
import dev.millrace.local.run.ShippedSchedules;
import dev.millrace.local.run.ShownToken;
import dev.millrace.local.run.Workshop;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Redis, PostgreSQL, one api and one scheduler of the bench's own, as durable as {@code ./millrace up} makes them. They end with the
 * workshop.
 */
public final class OwnStack {

    private OwnStack() {}

    /**
     * Returns when all are ready.
     *
     * @param programs of the api and the scheduler
     * @param redisProgram a {@code redis-server} of the machine, to be used instead of the embedded one
     * @param aot whether the services start with their AOT caches, where there are any
     * @throws dev.millrace.embedded.CannotStart if one of them does not become so
     */
    public static Target start(Workshop shop, Programs programs, Optional<Path> redisProgram, boolean aot) {
        EmbeddedRedis redis = redis(shop, redisProgram);
        EmbeddedPostgres postgres = postgres(shop);
        String database = "postgresql://postgres@127.0.0.1:" + postgres.port() + "/millrace";
        Service.Surroundings surroundings = surroundings(
                shop,
                programs,
                Map.of("REDIS_URL", redis.url(), "DATABASE_URL", database),
                role -> options(programs, role, aot));
        Service api = new Service(Role.API, 1, Ports.free(), surroundings);
        ChildProcess running = api.start();
        ChildProcess scheduler = new Service(Role.SCHEDULER, 1, Ports.free(), surroundings).start();
        return new Target(
                URI.create(api.url()),
                redis.url(),
                Map.of(
                        "api", List.of(running.pid()),
                        "scheduler", List.of(scheduler.pid()),
                        "redis", List.of(redis.pid()),
                        "postgres", List.of(postgres.process().pid())),
                List.of(new RedisCounts(URI.create(redis.url())), PostgresCounts.of(PostgresUrl.parse(database))),
                Optional.of(PostgresUrl.parse(database)));
    }

    // A rewrite of the append-only file forks in the middle of a measurement: it is left out, as for the peers.
    private static EmbeddedRedis redis(Workshop shop, Optional<Path> program) {
        EmbeddedRedis.Options options = EmbeddedRedis.Options.durable(
                        shop.home().redis())
                .withArguments("--auto-aof-rewrite-percentage", "0")
                .withLog(shop.logs().log("redis"))
                .withLaunched(process -> shop.children().adopt("redis-server", process));
        return EmbeddedRedis.start(program.map(options::withProgram).orElse(options));
    }

    private static EmbeddedPostgres postgres(Workshop shop) {
        return EmbeddedPostgres.start(
                EmbeddedPostgres.Options.durable(shop.home().postgres())
                        .withSettings(PostgresCounts.SETTINGS)
                        .withLog(shop.logs().log("postgres"))
                        .withLaunched(process -> shop.children().adopt(process.name(), process)));
    }

    private static List<String> options(Programs programs, Role role, boolean aot) {
        List<String> options = new ArrayList<>(ShippedSchedules.paused(role));
        if (aot && programs.form() == Form.JVM) {
            options.addAll(AotCaches.ofThisJdk(programs.checkout()).optionsOf(role));
        }
        return options;
    }

    private static Service.Surroundings surroundings(
            Workshop shop, Programs programs, Map<String, String> environment, Function<Role, List<String>> options) {
        return new Service.Surroundings(
                programs,
                environment,
                options,
                shop.children(),
                shop.logs(),
                new RunFile(shop.home()),
                new Http(ShownToken.none()),
                shop.time());
    }
}
