package dev.millrace.local;

import dev.millrace.embedded.CannotStart;
import dev.millrace.embedded.ChildProcess;
import dev.millrace.embedded.EmbeddedPostgres;
import dev.millrace.embedded.EmbeddedRedis;
import dev.millrace.embedded.Ports;
import dev.millrace.local.aot.Training;
import dev.millrace.local.check.ExistingPostgres;
import dev.millrace.local.check.ExistingRedis;
import dev.millrace.local.home.Home;
import dev.millrace.local.home.HomeLock;
import dev.millrace.local.home.Ledger;
import dev.millrace.local.home.RunFile;
import dev.millrace.local.run.Children;
import dev.millrace.local.run.Ending;
import dev.millrace.local.run.Http;
import dev.millrace.local.run.Program;
import dev.millrace.local.run.RestartBackoff;
import dev.millrace.local.run.Role;
import dev.millrace.local.run.Server;
import dev.millrace.local.run.Service;
import dev.millrace.local.run.Supervisor;
import dev.millrace.local.run.Terminal;
import dev.millrace.local.samples.SampleCsv;
import dev.millrace.local.samples.SampleServer;
import dev.millrace.time.Time;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that runs: the samples, Redis, PostgreSQL and the services. {@link #up} brings it up once; {@link #close}
 * takes down whatever is up, at any moment and from any thread.
 */
final class Stack implements AutoCloseable {

    private static final long SAMPLES_SEED = 2026;

    private final UpOptions options;
    private final Home home;
    private final HomeLock lock;
    private final Terminal terminal;
    private final Time time;
    private final RunFile runFile;
    private final Children children;
    private final Supervisor supervisor;
    private final Http http;
    private final Map<String, String> environment = new ConcurrentHashMap<>();
    private final Function<Role, List<String>> more;
    private volatile Map<Service, ChildProcess> services = Map.of();
    private volatile @Nullable SampleServer samples;

    /**
     * The home is prepared; its lock is given back when everything has ended.
     *
     * @param more of a role's next process, besides the options that the role always has
     */
    Stack(
            UpOptions options,
            Home home,
            HomeLock lock,
            Terminal terminal,
            Time time,
            Function<Role, List<String>> more) {
        this.options = options;
        this.home = home;
        this.lock = lock;
        this.terminal = terminal;
        this.time = time;
        this.more = more;
        this.http = new Http(options.token());
        this.runFile = new RunFile(home);
        this.children = new Children(home, terminal);
        this.supervisor = new Supervisor(options.restart(), RestartBackoff.USUAL, time, terminal, children);
    }

    /**
     * Brings everything up and returns when it is ready, its tasks are registered and {@code run.json} says so.
     *
     * @throws CannotStart if anything cannot be; close is then still the caller's
     */
    void up() {
        StartTogether starting = new StartTogether(terminal, time);
        services = starting.all(upToServices());
        new Registration(http, services, time).await();
        watch(services);
        runFile.publish();
        terminal.show(new Welcome(api(), samples(), home.logs(), UUID.randomUUID(), options.access()).text());
    }

    /**
     * Brings up what services need, and returns the services: none of them is started yet, and none is watched.
     *
     * @throws CannotStart if anything cannot be; close is then still the caller's
     */
    List<Service> upToServices() {
        endLeftovers();
        List.of(Role.values()).forEach(options.programs()::of);
        int apiPort = Ports.orFree(options.port(), "the api (--port)");
        serveSamples();
        environment.put("MILLRACE_HOME", home.folder().toString());
        watch(new StartTogether(terminal, time).all(servers()));
        return services(apiPort);
    }

    /** Starts it beside what runs, and ends it with that. */
    void train(Training training) {
        training.startIfWanted(children, terminal);
    }

    /** The services as they were brought up, in order; none before that. */
    Map<Service, ChildProcess> services() {
        return services;
    }

    /** Where the first api is. Only after {@link #up}. */
    String api() {
        return services.keySet().iterator().next().url();
    }

    /** Where the samples are. Only after {@link #up}. */
    String samples() {
        return Objects.requireNonNull(samples, "nothing is up").url();
    }

    /** Whether the end has begun. */
    boolean closed() {
        return children.closed();
    }

    /** Ends everything within 5 s. */
    @Override
    public void close() {
        runFile.withdraw();
        children.close();
        SampleServer serving = samples;
        if (serving != null) {
            serving.close();
        }
        lock.close();
    }

    private void endLeftovers() {
        List<Ledger.Entry> leftovers = home.running();
        if (!leftovers.isEmpty()) {
            List<String> names = leftovers.stream().map(Ledger.Entry::name).toList();
            terminal.say("An earlier launcher was killed and left " + String.join(", ", names) + ": ending them.");
            new Ending(leftovers).run();
        }
    }

    private void serveSamples() {
        try {
            new SampleCsv(new SplittableRandom(SAMPLES_SEED)).makeIn(home.samples());
        } catch (IOException e) {
            throw new CannotStart("Cannot write the samples to " + home.samples() + ": " + e + ".", e);
        }
        samples = SampleServer.start(List.of(options.checkout().resolve("deploy/local/samples"), home.samples()));
    }

    // Those that are not ours are checked and need no start.
    private List<Server> servers() {
        List<Server> ours = new ArrayList<>();
        options.redisUrl().ifPresentOrElse(url -> use("redis", url, ExistingRedis::check), () -> ours.add(redis()));
        options.databaseUrl()
                .ifPresentOrElse(url -> use("postgres", url, ExistingPostgres::check), () -> ours.add(postgres()));
        environment.put("REDIS_URL", options.redisUrl().orElseGet(() -> url(ours, "redis")));
        environment.put("DATABASE_URL", options.databaseUrl().orElseGet(() -> url(ours, "postgres")));
        return ours;
    }

    private void use(String name, String url, Consumer<String> check) {
        check.accept(url);
        runFile.server(name, new RunFile.Server(null, url));
    }

    private static String url(List<Server> servers, String name) {
        return servers.stream()
                .filter(server -> server.name().equals(name))
                .findFirst()
                .orElseThrow()
                .url();
    }

    private Server redis() {
        int port = Ports.free();
        EmbeddedRedis.Options redis = EmbeddedRedis.Options.durable(home.redis())
                .withPort(port)
                .withLog(terminal.log("redis"))
                .withLaunched(process -> children.adopt("redis-server", process));
        return new Server(
                "redis",
                "redis://127.0.0.1:" + port,
                () -> EmbeddedRedis.start(redis).process(),
                runFile);
    }

    private Server postgres() {
        int port = Ports.free();
        EmbeddedPostgres.Options postgres = EmbeddedPostgres.Options.durable(home.postgres())
                .withPort(port)
                .withLog(terminal.log("postgres"))
                .withLaunched(process -> children.adopt(process.name(), process));
        return new Server(
                "postgres",
                "postgresql://postgres@127.0.0.1:" + port + "/millrace",
                () -> EmbeddedPostgres.start(postgres).process(),
                runFile);
    }

    private List<Service> services(int apiPort) {
        Service.Surroundings surroundings = new Service.Surroundings(
                options.programs(), environment, more, children, terminal, runFile, http, time);
        int others = options.apis() - 1 + options.workers() + options.schedulers();
        Iterator<Integer> ports =
                Stream.concat(Stream.of(apiPort), Ports.free(others).stream()).iterator();
        List<Service> services = new ArrayList<>();
        for (Role role : Role.values()) {
            for (int number = 1; number <= count(role); number++) {
                services.add(new Service(role, number, ports.next(), surroundings));
            }
        }
        return services;
    }

    private int count(Role role) {
        return switch (role) {
            case API -> options.apis();
            case WORKER -> options.workers();
            case SCHEDULER -> options.schedulers();
        };
    }

    private void watch(Map<? extends Program, ChildProcess> running) {
        running.forEach(supervisor::watch);
    }
}
