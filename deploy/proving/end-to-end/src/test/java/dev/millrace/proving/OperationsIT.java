package dev.millrace.proving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.testkit.Awaiting;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a day brings to those who operate an installation of three workers and two apis, played by {@code ctl}. */
@Tag("native")
class OperationsIT {

    private static final Duration ENDED = Duration.ofSeconds(60);

    /** What a pause, a drain and a change of a pool are promised to take effect within. */
    private static final Duration OBEYED = Duration.ofSeconds(1);

    private static @Nullable Platform platform;

    @BeforeAll
    static void up(@TempDir Path home) {
        platform = Platform.up(home, "--workers", "3", "--apis", "2");
    }

    @AfterAll
    static void down() {
        platform().close();
    }

    @Test
    void jobsOfAWorkerThatIsKilledRunElsewhereAndAnotherTakesItsPlace() {
        List<String> before = workers();
        assertThat(before).hasSize(3);
        long victim = platform().pids("worker").getFirst();
        submit("killed", 12, "demo.sleep", "{\"duration\":\"PT2S\"}");
        Awaiting.until("all run", ENDED, () -> count("killed", "RUNNING") == 12);

        ProcessHandle.of(victim).ifPresent(ProcessHandle::destroyForcibly);

        awaitEnd("killed", 12);
        Awaiting.until(
                "another takes its place",
                ENDED,
                () -> workers().size() == 3 && !workers().equals(before));
    }

    @Test
    void aWorkerThatIsDrainedTakesNothingUntilItIsToldToGoOn() {
        Awaiting.until("three take jobs", ENDED, () -> workers().size() == 3);
        String resting = workers().getFirst();
        try {
            Duration took = timed("drain " + resting);
            submit("drained", 60, "demo.echo", "{\"value\":1}");
            awaitEnd("drained", 60);

            assertThat(jobs("drained"))
                    .noneMatch(job -> job.path("worker").asText().equals(resting));
            assertThat(workers()).hasSize(2).doesNotContain(resting);
            obeyed("drain", took);
        } finally {
            terminal().run("workers resume " + resting);
        }
        Awaiting.until("it takes jobs", ENDED, () -> workers().contains(resting));
    }

    @Test
    void aPoolGrowsAndShrinksAndSettingsHoldForAllWorkers() {
        Awaiting.until("three take jobs", ENDED, () -> workers().size() == 3);
        String grown = workers().getFirst();
        int before = slots(grown);

        Duration took = timed("pool grow 2 " + grown);
        assertThat(slots(grown)).isEqualTo(before + 2);
        obeyed("pool", took);
        terminal().run("pool shrink 2 " + grown);
        assertThat(slots(grown)).isEqualTo(before);

        String other = workers().getLast();
        JsonNode set = terminal().json("queues set default --slots 3 --json");
        assertThat(set.path("slots").asInt()).isEqualTo(3);
        Instant since = Instant.now();
        Awaiting.until("the others follow", ENDED, () -> slots(other) == 3);
        System.out.printf("slots that are set of a queue: obeyed within %s%n", Duration.between(since, Instant.now()));
        String stale = "queues set default --slots 5 --if-version "
                + (set.path("version").asInt() - 1);
        assertThat(terminal().type(stale).status()).isEqualTo(1);
        terminal().run("queues set default --slots default");
        Awaiting.until("they have their own number", ENDED, () -> slots(other) != 3);
    }

    @Test
    void aQueueIsStoppedAtOnceAndPurged() {
        submit("purged", 900, "demo.sleep", "{\"duration\":\"PT0.2S\"}", "maintenance");
        Awaiting.until("some run", ENDED, () -> count("purged", "SUCCEEDED") > 0);

        terminal().run("pause maintenance --reason 'the disk is full'");
        Instant paused = Instant.now();
        Awaiting.until("what runs has ended", ENDED, () -> count("purged", "RUNNING") == 0);
        Instant last = jobs("purged").stream()
                .map(job -> job.path("startedAt"))
                .filter(JsonNode::isTextual)
                .map(started -> Instant.parse(started.asText()))
                .max(Instant::compareTo)
                .orElseThrow();
        obeyed("pause", last.isAfter(paused) ? Duration.between(paused, last) : Duration.ZERO);

        String purged = terminal().run("purge maintenance --confirm maintenance");
        terminal().run("resume maintenance");
        Awaiting.until(
                "all have ended", ENDED, () -> count("purged", "SUCCEEDED") + count("purged", "CANCELLED") == 900);
        assertThat(count("purged", "CANCELLED")).isPositive();
        assertThat(purged).contains("jobs were cancelled");
    }

    @Test
    void whatAutoscalersAreToldIsRightWithinASecondWhileJobsFlow() throws Exception {
        BacklogSamples samples = new BacklogSamples(platform().api(), "maintenance");
        Thread submitting = Thread.startVirtualThread(() -> {
            for (int thousands = 0; thousands < 20; thousands++) {
                submit("flow", 1_000, "demo.echo", "{\"value\":1}", "maintenance");
                samples.accepted(1_000);
            }
        });

        Awaiting.until("the ends of 20,000", Duration.ofMinutes(3), () -> samples.take() == 20_000);
        submitting.join();
        Awaiting.until("nothing is left", OBEYED, () -> samples.take() == 20_000 && samples.last() == 0);

        samples.areRightWithinASecond();
        assertThat(samples.highest()).isPositive();
        System.out.printf(
                "backlog: %d answers, up to %d outstanding, each right within a second%n",
                samples.count(), samples.highest());
    }

    @Test
    void theTaskThatFailsIsFoundByItsCauseAndAllOfItIsRequeued() {
        submit("broken", 20, "demo.fail", "{\"message\":\"the printer is on fire\",\"kind\":\"permanent\"}");
        submit("broken-otherwise", 3, "demo.fail", "{\"message\":\"no paper\",\"times\":9}", "default", 1);
        awaitEnd("broken", 20);
        awaitEnd("broken-otherwise", 3);
        JsonNode worst = StreamSupport.stream(
                        terminal().json("dlq groups --json").path("items").spliterator(), false)
                .filter(group -> group.path("message").asText().contains("fire"))
                .findFirst()
                .orElseThrow();
        String group = worst.path("fingerprint").asText();
        assertThat(worst.path("count").asLong()).isEqualTo(20);
        assertThat(terminal().run("requeue --group " + group + " --dry-run")).contains("20 matched, 0 requeued");

        assertThat(terminal().run("requeue --group " + group)).contains("20 matched, 20 requeued");

        Awaiting.until(
                "all have run again",
                ENDED,
                () -> jobs("broken").stream()
                                .filter(job -> job.path("run").asInt() == 2
                                        && job.path("state").asText().equals("FAILED"))
                                .count()
                        == 20);
        assertThat(jobs("broken-otherwise")).allMatch(job -> job.path("run").asInt() == 1);
        assertThat(terminal().run("dlq resolve --group " + group)).contains("20 matched, 20 resolved");
    }

    @Test
    void whatKeepsJobsFromRunningIsNamedWithWhatToDo() {
        awaitDiagnosis(0, "Those of Redis, PostgreSQL and the api agree.");
        terminal().run("drain --every");
        awaitDiagnosis(1, "All workers drain, and take no more jobs.", "Tell them to resume, or start another one.");
        workersOf("draining").forEach(worker -> terminal().run("workers resume " + worker));

        terminal().run("workers leave maintenance --every");
        submit("unserved", 1_500, "demo.echo", "{\"value\":1}", "maintenance");
        awaitDiagnosis(
                1,
                "1500 jobs wait in the queue 'maintenance', which no worker serves.",
                "Start a worker that serves it");
        terminal().run("workers serve maintenance --every");
        awaitEnd("unserved", 1_500);
        awaitDiagnosis(0, "none is long");
    }

    /** Its exit status and what it tells; it may be a second old. */
    private static void awaitDiagnosis(int status, String... told) {
        Awaiting.until("the diagnosis: " + String.join(" ", told), ENDED, () -> {
            Terminal.Typed typed = terminal().type("diagnose");
            return typed.status() == status && Stream.of(told).allMatch(typed.text()::contains);
        });
    }

    @Test
    void I42_aBulkActionGoesOnWhereTheApiDiedThatWasAtIt() {
        Terminal other = Terminal.quick(platform().run().at("/api/1/url").asText());
        long before = total(other, "CANCELLED");
        submit("bulk", 8_000, "demo.echo", "{\"value\":1}", "default", 4, "PT1H");
        String action = other.json("bulk start cancel --tag bulk --reason 'not needed' --json")
                .path("id")
                .asText();
        Awaiting.until("it is in the middle", ENDED, () -> done(other, action) > 0);

        ProcessHandle.of(platform().pids("api").getFirst()).ifPresent(ProcessHandle::destroyForcibly);
        long atDeath = done(other, action);

        Awaiting.until("it has ended", ENDED, () -> state(other, action).equals("COMPLETED"));
        JsonNode ended = other.json("bulk show --json " + action);
        assertThat(ended.path("done").asLong()).isEqualTo(8_000);
        assertThat(ended.path("skipped").asLong() + ended.path("failed").asLong())
                .isZero();
        System.out.printf("bulk action: %d of 8000 were done when the api was killed%n", atDeath);
        Awaiting.until("all are cancelled", ENDED, () -> total(other, "CANCELLED") == before + 8_000);
        aborted(other, before);
        Awaiting.until(
                "the first is back", ENDED, () -> terminal().type("status").status() == 0);
    }

    private static void aborted(Terminal other, long before) {
        String action =
                other.json("bulk start delete --tag bulk --json").path("id").asText();
        Awaiting.until("it has begun", ENDED, () -> done(other, action) > 0);

        assertThat(other.type("bulk abort " + action).text()).contains("ABORTED");

        long done = done(other, action);
        assertThat(done).isBetween(1L, 7_999L);
        assertThat(total(other, "CANCELLED")).isEqualTo(before + 8_000 - done);
        assertThat(other.type("bulk abort " + action).status()).isEqualTo(1);
        assertThat(done(other, action)).isEqualTo(done);
        other.run("bulk start delete --tag bulk --wait");
    }

    private static long done(Terminal terminal, String action) {
        return terminal.json("bulk show --json " + action).path("done").asLong();
    }

    private static String state(Terminal terminal, String action) {
        return terminal.json("bulk show --json " + action).path("state").asText();
    }

    private static void obeyed(String what, Duration within) {
        System.out.printf("%s: obeyed within %d ms%n", what, within.toMillis());
        assertThat(within).as(what).isLessThan(OBEYED);
    }

    /** From when it was typed until it was confirmed. */
    private static Duration timed(String words) {
        long began = System.nanoTime();
        terminal().run(words);
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private static List<String> workers() {
        return workersOf("running");
    }

    private static List<String> workersOf(String state) {
        return StreamSupport.stream(
                        terminal()
                                .json("workers list --state " + state + " --json")
                                .path("items")
                                .spliterator(),
                        false)
                .map(worker -> worker.path("id").asText())
                .toList();
    }

    private static int slots(String worker) {
        return StreamSupport.stream(
                        terminal()
                                .json("workers show --json " + worker)
                                .path("queues")
                                .spliterator(),
                        false)
                .filter(queue -> queue.path("name").asText().equals("default"))
                .findFirst()
                .map(queue -> queue.path("concurrency").asInt())
                .orElseThrow();
    }

    /** Of all jobs there are. */
    private static long total(Terminal terminal, String state) {
        return terminal.json("counts --json").path(state).asLong();
    }

    private static long count(String tag, String state) {
        return terminal().json("counts --json --tag " + tag).path(state).asLong();
    }

    private static void awaitEnd(String tag, int jobs) {
        Awaiting.until("the ends of " + tag, ENDED, () -> count(tag, "SUCCEEDED") + count(tag, "FAILED") == jobs);
    }

    private static List<JsonNode> jobs(String tag) {
        return platform().api().tagged(tag);
    }

    private static void submit(String tag, int jobs, String task, String payload) {
        submit(tag, jobs, task, payload, "default");
    }

    private static void submit(String tag, int jobs, String task, String payload, String queue) {
        submit(tag, jobs, task, payload, queue, 4);
    }

    private static void submit(String tag, int jobs, String task, String payload, String queue, int attempts) {
        submit(tag, jobs, task, payload, queue, attempts, "PT0S");
    }

    private static void submit(
            String tag, int jobs, String task, String payload, String queue, int attempts, String delay) {
        String job = """
            {"task":"%s","payload":%s,"queue":"%s","tags":["%s"],"retry":{"maxAttempts":%d},"delay":"%s"}""".formatted(task, payload, queue, tag, attempts, delay);
        for (int left = jobs; left > 0; left -= 1_000) {
            List<String> some = Collections.nCopies(Math.min(left, 1_000), job);
            Api.Answer answer = platform().api().post("/jobs/bulk", "{\"jobs\":[" + String.join(",", some) + "]}");
            assertThat(answer.body().path("accepted").asInt()).isEqualTo(some.size());
        }
    }

    private static Terminal terminal() {
        return Terminal.quick(platform().api().url());
    }

    private static Platform platform() {
        return Stream.ofNullable(platform)
                .findFirst()
                .orElseThrow(() -> new AssertionError("set before the first test"));
    }
}
