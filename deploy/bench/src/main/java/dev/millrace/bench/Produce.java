package dev.millrace.bench;

import dev.millrace.bench.submit.Bodies;
import dev.millrace.bench.submit.Shape;
import dev.millrace.bench.submit.Submitter;
import dev.millrace.bench.workload.OpenLoop;
import dev.millrace.local.run.ShownToken;
import dev.millrace.time.Time;
import dev.millrace.time.TimeWiring;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * A producer for a benchmark that is not ours: {@code OP N ARG}, where the environment names the api as {@code
 * MILLRACE_URL} and a folder for what it records as {@code BENCH_OUT}. Prints when it began and ended as its last line.
 */
public final class Produce {

    private static final Set<String> WAITING = Set.of("SCHEDULED", "QUEUED", "RUNNING", "RETRYING");

    private final Submitter submitter;
    private final Time time;
    private final Path out;

    private Produce(Submitter submitter, Time time, Path out) {
        this.submitter = submitter;
        this.time = time;
        this.out = out;
    }

    public static void main(String[] arguments) throws IOException {
        Map<String, String> environment = System.getenv();
        Time time = TimeWiring.ofThisMachine();
        try (Submitter submitter =
                new Submitter(URI.create(required(environment, "MILLRACE_URL")), ShownToken.of(environment))) {
            Path out = Path.of(required(environment, "BENCH_OUT"));
            new Produce(submitter, time, out).run(arguments[0], number(arguments, 1), number(arguments, 2));
        }
    }

    private static String required(Map<String, String> environment, String name) {
        String value = environment.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is not set.");
        }
        return value;
    }

    private static long number(String[] arguments, int place) {
        return arguments.length > place ? Long.parseLong(arguments[place]) : 0;
    }

    private void run(String operation, long jobs, long argument) throws IOException {
        long began = time.stamp();
        String more = "";
        switch (operation) {
            case "bulk" -> submitter.bulk(jobs, Shape.USUAL, clients());
            case "single" -> submitter.single(jobs, Shape.USUAL::job, 1);
            case "warm" -> submitter.bulk(jobs, Bodies::warm, 1);
            case "sleep" -> submitter.bulk(jobs, Bodies.sleep(argument), 1);
            case "slow" -> submitter.bulk(jobs, Bodies.slow(argument), 1);
            case "delay" -> delay(jobs, Duration.ofSeconds(argument));
            case "latency" -> latency((int) jobs, Duration.ofMillis(argument));
            case "pending" -> more = ",\"pending\":" + pending();
            default -> throw new IllegalArgumentException("There is no operation '" + operation + "' here.");
        }
        System.out.println("{\"t0\":" + began + ",\"t1\":" + time.stamp() + more + "}");
    }

    // More than one call under way: the harness counts what one process of clients can submit.
    private static int clients() {
        return Integer.getInteger("millrace.bench.clients", 1);
    }

    private void latency(int jobs, Duration every) throws IOException {
        OpenLoop loop = new OpenLoop(submitter, time, every, OpenLoop.Until.RESULT);
        loop.submit(0, jobs);
        Files.writeString(out.resolve("submit.tsv"), loop.lines());
    }

    private void delay(long jobs, Duration delay) throws IOException {
        Instant due = time.clock().instant().truncatedTo(ChronoUnit.MILLIS).plus(delay);
        submitter.bulk(jobs, number -> Bodies.stampAt(number, due), clients());
        long dueNanos = Duration.between(Instant.EPOCH, due).toNanos();
        String lines = LongStream.range(0, jobs)
                .mapToObj(number -> number + " " + dueNanos + "\n")
                .collect(Collectors.joining());
        Files.writeString(out.resolve("submit.tsv"), lines);
    }

    private long pending() {
        long pending = 0;
        for (String state : WAITING) {
            pending += submitter.get("/api/v1/jobs/counts").path(state).asLong();
        }
        return pending;
    }
}
