package dev.millrace.proving.chaos.platform;

import dev.millrace.embedded.RedisTalk;
import dev.millrace.local.run.Programs;
import dev.millrace.local.run.ShownToken;
import dev.millrace.local.run.Workshop;
import dev.millrace.proving.chaos.fault.Fault;
import dev.millrace.proving.chaos.fault.FaultLog;
import dev.millrace.proving.chaos.history.EndWatch;
import dev.millrace.proving.chaos.history.EventTap;
import dev.millrace.proving.chaos.history.History;
import dev.millrace.proving.chaos.history.JobTable;
import dev.millrace.proving.chaos.history.Journal;
import dev.millrace.proving.chaos.history.RedisScan;
import dev.millrace.proving.chaos.history.Row;
import dev.millrace.proving.chaos.load.Clients;
import dev.millrace.proving.chaos.load.Load;
import dev.millrace.time.Time;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * What a scenario runs on: services and servers of its own, what is submitted to it, what is done to it, and all that is
 * seen of it.
 * The processes and the folder are the workshop's, and end with it.
 */
public final class Platform implements AutoCloseable {

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration ANSWER = Duration.ofSeconds(2);
    private static final int LOOK_BACK_SECONDS = 30;
    private static final Duration OUTAGE = Duration.ofMinutes(2);
    private static final Duration CLEAN = Duration.ofMinutes(2);

    private final Time time;
    private final FaultLog faults;
    private final Servers servers;
    private final Processes processes;
    private final Journal journal;
    private final JobTable table;
    private final Clients clients;
    private final EventTap events;
    private final EndWatch ends = new EndWatch();
    private final AtomicInteger sending = new AtomicInteger();
    private final Map<String, Object> figures = new LinkedHashMap<>();
    private final List<String> broken = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    private Platform(Workshop shop, Programs programs, Topology topology, Time time, Consumer<String> said) {
        this.time = time;
        this.faults = new FaultLog(time, said);
        this.servers = Servers.start(shop, topology, time);
        this.journal = new Journal(shop.folder("journal").resolve("journal.jsonl"));
        this.table = new JobTable(servers.postgres());
        this.processes =
                Processes.start(shop, programs, topology, servers.addresses(topology.linked()), journal.file(), faults);
        this.clients = new Clients(
                processes.apis().stream().map(Node::url).toList(), ShownToken.ofOwnPlatform(System.getenv()), time);
        this.events = EventTap.on(servers.redis().url(), time);
        Thread.ofVirtual().name("look at ends").start(this::lookAtEnds);
    }

    /**
     * Starts it; returns when every process is ready.
     *
     * @param programs among which the worker's tasks keep a journal
     * @param said is told of each fault in a line for people
     * @throws dev.millrace.embedded.CannotStart if one does not become so, or was not built
     */
    public static Platform start(
            Workshop shop, Programs programs, Topology topology, Time time, Consumer<String> said) {
        return new Platform(shop, programs, topology, time, said);
    }

    public Time time() {
        return time;
    }

    public FaultLog faults() {
        return faults;
    }

    public Servers servers() {
        return servers;
    }

    public List<Node> apis() {
        return processes.apis();
    }

    public List<Node> workers() {
        return processes.workers();
    }

    public List<Node> schedulers() {
        return processes.schedulers();
    }

    public Clients clients() {
        return clients;
    }

    public Journal journal() {
        return journal;
    }

    public JobTable table() {
        return table;
    }

    /** Submits jobs while the scenario goes on. */
    public void submit(Load load) {
        sending.incrementAndGet();
        Thread.ofVirtual().name("clients").start(() -> {
            try {
                clients.send(load);
            } finally {
                sending.decrementAndGet();
            }
        });
    }

    /** Whether jobs are still being submitted, or have not ended; true while PostgreSQL does not say. */
    public boolean busy() {
        return sending.get() > 0
                || table.count().map(count -> count.ended() < count.all()).orElse(true);
    }

    /** How many jobs have ended; 0 while PostgreSQL does not say. */
    public long ended() {
        return table.count().map(JobTable.Count::ended).orElse(0L);
    }

    /** Waits until so many jobs have ended, or all have. */
    public void awaitEnded(long jobs, Duration atMost) {
        time.until(atMost, () -> ended() >= jobs || !busy());
    }

    /** Does something again and again as long as there are jobs, but not more than so many times. */
    public void whileBusy(Duration between, int times, Consumer<Integer> fault) {
        for (int round = 0; round < times; round++) {
            time.rest(between);
            if (!busy()) {
                return;
            }
            fault.accept(round);
        }
    }

    /** One of these in turn, once all of them are ready: the others go on meanwhile. */
    public Node whenAllAreReady(List<Node> nodes, int turn) {
        time.until(OUTAGE, () -> nodes.stream().allMatch(Node::ready));
        return nodes.get(turn % nodes.size());
    }

    /** One of these in turn, once it is ready. */
    public Node ready(List<Node> nodes, int turn) {
        Node node = nodes.get(turn % nodes.size());
        time.until(OUTAGE, node::ready);
        return node;
    }

    /** One command to Redis, past the links; empty if it is away or refuses. */
    public Optional<String> askRedis(String... words) {
        try (RedisTalk talk = RedisTalk.open(URI.create(servers.redis().url()), ANSWER)) {
            return Optional.of(talk.ask(words));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** SIGKILL of Redis: up to a second of what it answered is lost, more where the disk is slow. It stays away for a while. */
    public void killRedis(Duration away) {
        long pid = servers.redis().pid();
        faults.inflicted(Fault.Kind.REDIS_SET_BACK, "kill -9 redis", pid);
        servers.redis().kill();
        time.rest(away);
        servers.redis().restart();
        faults.over(Fault.Kind.REDIS_SET_BACK, pid);
    }

    /** FLUSHALL: Redis loses everything. */
    public void emptyRedis() {
        faults.inflicted(Fault.Kind.REDIS_LOST, "FLUSHALL", 0);
        require(askRedis("FLUSHALL").isPresent(), "Redis did not take a FLUSHALL");
    }

    /** SIGKILL of PostgreSQL, which is not gentler than an immediate stop. It stays away for a while. */
    public void killPostgres(Duration away) {
        long pid = servers.postgres().pid();
        faults.inflicted(Fault.Kind.POSTGRES_DOWN, "kill -9 postgres", pid);
        servers.postgres().kill();
        time.rest(away);
        servers.postgres().restart();
        faults.over(Fault.Kind.POSTGRES_DOWN, pid);
    }

    /** Something that the scenario requires beyond what always must hold. */
    public void require(boolean kept, String otherwise) {
        if (!kept) {
            broke(otherwise);
        }
    }

    /** A promise was broken, in a sentence. */
    public void broke(String sentence) {
        broken.add(sentence);
    }

    /** A figure of this scenario alone, by its name in JSON. */
    public void figure(String name, Object value) {
        figures.put(name, value);
    }

    public List<String> broken() {
        return List.copyOf(broken);
    }

    public Map<String, Object> figures() {
        return figures;
    }

    /** Waits until all jobs have ended; false if they have not in time. */
    public boolean awaitAllEnded(Duration atMost) {
        time.until(atMost, () -> !busy());
        return !busy();
    }

    /** Waits until Redis is clean, and says what was seen. */
    public History history() {
        List<Row> rows = table.rows().orElse(List.of());
        long lastEnd = rows.stream().mapToLong(Row::finishedAt).max().orElse(time.now());
        RedisScan scan = new RedisScan(servers.redis().url());
        time.until(CLEAN, () -> scan.leftovers().isEmpty());
        Duration untilClean = Duration.ofMillis(Math.max(0, time.now() - lastEnd));
        List<String> leftovers = new ArrayList<>(scan.leftovers());
        int workers = processes.workers().size();
        time.until(CLEAN, () -> scan.strangers(workers).isEmpty());
        leftovers.addAll(scan.strangers(workers));
        return new History(
                clients.submits().accepted(),
                List.copyOf(clients.submits().refused()),
                clients.submits().givenUp(),
                clients.cancels(),
                journal.executions(),
                faults.faults(),
                table.rows().orElse(List.of()),
                table.fires().orElse(List.of()),
                ends.changed(),
                events.lines(),
                leftovers,
                untilClean);
    }

    private void lookAtEnds() {
        while (!closed) {
            table.endsOfTheLast(LOOK_BACK_SECONDS).ifPresent(ends::look);
            time.rest(LOOK);
        }
    }

    @Override
    public void close() {
        closed = true;
        events.close();
        clients.close();
        servers.closeLinks();
    }
}
