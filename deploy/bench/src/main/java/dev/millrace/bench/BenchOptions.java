package dev.millrace.bench;

import dev.millrace.bench.stack.PoolSize;
import dev.millrace.bench.submit.Shape;
import dev.millrace.bench.workload.Plan;
import dev.millrace.bench.workload.Workload;
import dev.millrace.embedded.CannotStart;
import dev.millrace.local.run.CommandLine;
import dev.millrace.local.run.Form;
import dev.millrace.local.run.ShownToken;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What was asked for on the command line and in the environment.
 *
 * @param checkout where the built services lie
 * @param form in which the services run that the bench starts
 * @param rounds how often all is measured, at least 1; beside peers at least 2
 * @param peers of the harness, run after each of our rounds
 * @param harness {@code BENCH_PEERS}, there if there are peers
 * @param redisServer the machine's own, from {@code PATH}, which the peers use too; the embedded one has a slower allocator
 * @param aot whether api and scheduler start with the AOT caches that {@code ./millrace up} has made, where it has
 * @param endedRows that lie in the record of each stack before anything is measured
 * @param url of an api that runs already; without it the bench starts a stack of its own
 * @param home {@code MILLRACE_HOME}, where {@code run.json} of a stack that runs already lies
 * @param token what clients show: {@code MILLRACE_TOKEN}, or else {@code MILLRACE_ADMIN_TOKEN}
 */
record BenchOptions(
        Path checkout,
        Form form,
        Plan plan,
        Set<Workload> workloads,
        int rounds,
        List<String> peers,
        Optional<Path> harness,
        Optional<Path> redisServer,
        boolean aot,
        long endedRows,
        Optional<URI> url,
        Path home,
        ShownToken token) {

    private static final int MOST_JOBS = 1_000_000;
    private static final int MOST_WORKERS = 50;
    private static final int MOST_SLOTS = 10_000;
    private static final int MOST_CLIENTS = 64;
    private static final int MOST_ROUNDS = 20;
    private static final int LEAST_PAYLOAD = 100;
    private static final int MOST_PAYLOAD = 1 << 20;
    private static final int MOST_QUEUES = 32;
    private static final int MOST_RATE = 10_000;
    private static final int MOST_LISTENERS = 20_000;
    private static final int MOST_ENDED = 10_000_000;

    BenchOptions {
        peers = List.copyOf(peers);
        if (!peers.isEmpty() && harness.isEmpty()) {
            throw new CannotStart("--peers " + String.join(",", peers)
                    + " needs BENCH_PEERS: set it to the folder of the peer benchmark.");
        }
        if (!peers.isEmpty() && url.isPresent()) {
            throw new CannotStart("--peers and --url do not go together: beside peers each round has a stack of its"
                    + " own, as theirs has. Leave one of them out.");
        }
    }

    /**
     * Reads them.
     *
     * @throws CannotStart if an option is unknown, lacks its value, or that is out of range
     */
    static BenchOptions parse(Path checkout, List<String> arguments, Map<String, String> environment) {
        Builder builder = new Builder();
        CommandLine line = new CommandLine("bench", "./millrace bench --help", arguments);
        while (line.hasNext()) {
            builder.take(line);
        }
        return new BenchOptions(
                checkout,
                builder.form,
                new Plan(
                        builder.jobs,
                        builder.clients,
                        builder.warm,
                        builder.shape(),
                        builder.rate,
                        builder.listeners,
                        new PoolSize(
                                builder.workers,
                                builder.slots,
                                builder.prefetch,
                                builder.shape().queueNames())),
                builder.workloads.isEmpty() ? Workload.usual() : builder.workloads,
                builder.rounds.orElse(builder.peers.isEmpty() ? 1 : 2),
                builder.peers,
                CommandLine.set(environment, "BENCH_PEERS").map(Path::of),
                builder.embeddedRedis ? Optional.empty() : redisServer(environment),
                builder.aot,
                builder.endedRows,
                builder.url,
                CommandLine.home(checkout, environment),
                builder.url.isPresent() ? ShownToken.of(environment) : ShownToken.ofOwnPlatform(environment));
    }

    private static Optional<Path> redisServer(Map<String, String> environment) {
        return Pattern.compile(File.pathSeparator)
                .splitAsStream(environment.getOrDefault("PATH", ""))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "redis-server"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static final class Builder {

        private int jobs = 50_000;
        private int workers = 1;
        private int clients = 4;
        private int warm = 100_000;
        private OptionalInt slots = OptionalInt.empty();
        private OptionalInt prefetch = OptionalInt.empty();
        private OptionalInt rounds = OptionalInt.empty();
        private final Set<Workload> workloads = EnumSet.noneOf(Workload.class);
        private final List<String> peers = new ArrayList<>();
        private boolean embeddedRedis;
        private Form form = Form.JVM;
        private boolean aot;
        private int endedRows;
        private int payload = Shape.USUAL.payloadBytes();
        private int queues = 1;
        private int rate = 100;
        private int listeners = 1_000;
        private Optional<URI> url = Optional.empty();

        private void take(CommandLine line) {
            switch (line.next()) {
                case "--jobs" -> jobs = line.number(1, MOST_JOBS);
                case "--workers" -> workers = line.number(1, MOST_WORKERS);
                case "--slots" -> slots = OptionalInt.of(line.number(1, MOST_SLOTS));
                case "--prefetch" -> prefetch = OptionalInt.of(line.number(0, MOST_SLOTS));
                case "--clients" -> clients = line.number(1, MOST_CLIENTS);
                case "--warm" -> warm = line.number(0, MOST_JOBS);
                case "--rounds" -> rounds = OptionalInt.of(line.number(1, MOST_ROUNDS));
                case "--workload" -> words(line).forEach(this::workload);
                case "--peers" -> peers.addAll(words(line));
                case Form.OPTION -> form = Form.NATIVE;
                case "--embedded-redis" -> embeddedRedis = true;
                case "--payload" -> payload = line.number(LEAST_PAYLOAD, MOST_PAYLOAD);
                case "--queues" -> queues = line.number(1, MOST_QUEUES);
                case "--rate" -> rate = line.number(1, MOST_RATE);
                case "--listeners" -> listeners = line.number(1, MOST_LISTENERS);
                case "--ended-rows" -> endedRows = line.number(1, MOST_ENDED);
                case "--aot" -> aot = true;
                case "--url" -> url = Optional.of(url(line.value()));
                default -> throw line.unknown();
            }
        }

        private Shape shape() {
            return new Shape(payload, queues);
        }

        private void workload(String word) {
            if (word.equals("all")) {
                workloads.addAll(EnumSet.allOf(Workload.class));
            } else {
                workloads.add(Workload.of(word)
                        .orElseThrow(() -> new CannotStart("There is no workload '" + word + "': --workload takes "
                                + Workload.words() + " or all.")));
            }
        }

        private static List<String> words(CommandLine line) {
            List<String> words = List.of(line.value().split(","));
            if (!words.stream().allMatch(word -> word.matches("[A-Za-z0-9:._-]+"))) {
                throw new CannotStart(line.option() + " takes words with commas between them, not '"
                        + String.join(",", words) + "'.");
            }
            return words;
        }

        private static URI url(String text) {
            if (!text.matches("https?://[^/\\s]+/?")) {
                throw new CannotStart(
                        "--url takes the URL of an api, such as http://127.0.0.1:8080, not '" + text + "'.");
            }
            return URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        }
    }
}
