package dev.millrace.proving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes die, and no job is lost or ends twice. */
class DeathsIT {

    private static final Duration RECOVERY = Duration.ofSeconds(25);
    private static final String SECOND_ENDS = "millrace_projection_duplicate_terminal_total";
    private static final Duration ALL_DONE = Duration.ofSeconds(90);

    @TempDir
    static @Nullable Path home;

    private static @Nullable Platform platform;

    @BeforeAll
    static void up() {
        platform = Platform.up(given(home), "--workers", "2");
    }

    @AfterAll
    static void down() {
        given(platform).close();
    }

    @BeforeEach
    void allAreThere() {
        Awaiting.until("all processes to be back", RECOVERY, () -> {
            Platform all = given(platform);
            return all.pids("api").size() == 1 && all.pids("worker").size() == 2;
        });
    }

    private static <T> T given(@Nullable T value) {
        if (value == null) {
            throw new AssertionError("set before the first test");
        }
        return value;
    }

    @Test
    void I9_I12_jobsOfAKilledWorkerStartElsewhereAndEndOnce() {
        double secondEnds = given(platform).api().metric(SECOND_ENDS);
        List<String> jobs = submitSleeps("one-killed", 20, "PT5S");
        Set<String> lost = awaitRunningOnBoth(jobs);
        Platform.signal("KILL", given(platform).pids("worker").getFirst());
        Instant killed = Instant.now();
        awaitAllSucceeded("one-killed", jobs);
        assertThat(lost).isNotEmpty();
        for (String job : jobs) {
            JsonNode done = given(platform).api().job(job);
            Instant started = Instant.parse(done.path("startedAt").asText());
            assertThat(Duration.between(killed, started)).as(job).isLessThan(RECOVERY);
        }
        assertThat(given(platform).api().metric(SECOND_ENDS)).isEqualTo(secondEnds);
    }

    @Test
    void I1_jobsOutliveAllWorkers() {
        List<String> jobs = submitSleeps("all-killed", 20, "PT5S");
        awaitRunningOnBoth(jobs);
        given(platform).pids("worker").forEach(pid -> Platform.signal("KILL", pid));
        awaitAllSucceeded("all-killed", jobs);
    }

    @Test
    void I7_aPausedWorkerComesBackFenced() {
        List<String> jobs = submitSleeps("zombie", 10, "PT8S");
        awaitRunningOnBoth(jobs);
        long zombie = given(platform).pids("worker").getFirst();
        Platform.signal("STOP", zombie);
        try {
            awaitAllSucceeded("zombie", jobs);
        } finally {
            Platform.signal("CONT", zombie);
        }
        Map<String, String> ends = new LinkedHashMap<>();
        jobs.forEach(job ->
                ends.put(job, given(platform).api().job(job).path("finishedAt").asText()));
        Awaiting.until(
                "the zombie to be told",
                RECOVERY,
                () -> given(platform).output().stream().anyMatch(line -> line.contains("FENCED")));
        ends.forEach((job, end) -> assertThat(
                        given(platform).api().job(job).path("finishedAt").asText())
                .isEqualTo(end));
    }

    @Test
    void I1_I3_everyAcceptedSubmitIsFoundAndEveryKeyIsOneJob() throws InterruptedException {
        Submits submits = new Submits(given(platform), "api-killed");
        submits.send(1500, 500);
        Platform.signal("KILL", given(platform).pids("api").getFirst());
        submits.send(1500, 500);
        submits.finish();
        Awaiting.until("the api to be back", RECOVERY, () -> answers(given(platform)));
        submits.repeatUnknown();
        Map<String, String> accepted = submits.accepted();
        assertThat(accepted).hasSize(3000);
        Set<String> found = new HashSet<>(given(platform).api().tagged("api-killed").stream()
                .map(job -> job.path("id").asText())
                .toList());
        assertThat(found).hasSize(3000).containsAll(accepted.values());
        awaitAllSucceeded("api-killed", List.copyOf(found));
    }

    @Test
    void I1_jobsOutliveAnEmptiedRedis() {
        List<String> jobs = submitSleeps("emptied", 60, "PT1S");
        Awaiting.until("some to run", RECOVERY, () -> given(platform).api().count("RUNNING", "emptied") > 0);
        RedisCommand.send(given(platform).run().at("/redis/url").asText(), "FLUSHALL");
        awaitAllSucceeded("emptied", jobs);
    }

    @Test
    void I35_atRestNothingIsLeft() {
        List<String> jobs = submitSleeps("at-rest", 50, "PT0.01S");
        awaitAllSucceeded("at-rest", jobs);
        String redis = given(platform).run().at("/redis/url").asText();
        Awaiting.until(
                "markers, lanes and dead consumers to go",
                ALL_DONE,
                () -> RedisCommand.send(redis, "KEYS mr:{s0}:j:*").equals("*0")
                        && RedisCommand.send(redis, "XLEN mr:{s0}:q:default:normal")
                                .equals(":0")
                        && RedisCommand.send(redis, "XINFO CONSUMERS mr:{s0}:q:default:normal workers")
                                .startsWith("*2"));
    }

    private static boolean answers(Platform platform) {
        try {
            return platform.api().get("/jobs?limit=1").status() == 200;
        } catch (UncheckedIOException down) {
            return false;
        }
    }

    private static List<String> submitSleeps(String tag, int n, String duration) {
        List<String> jobs = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            jobs.add(given(platform).api().submit("demo.sleep", "{\"duration\":\"" + duration + "\"}", tag));
        }
        return jobs;
    }

    /** Returns the jobs that run, once both workers run some. */
    private static Set<String> awaitRunningOnBoth(List<String> jobs) {
        Set<String> running = new HashSet<>();
        Awaiting.until("jobs to run on both workers", RECOVERY, () -> {
            Set<String> workers = new HashSet<>();
            jobs.stream().map(given(platform).api()::job).forEach(job -> {
                if (job.path("state").asText().equals("RUNNING")) {
                    running.add(job.path("id").asText());
                    workers.add(job.path("worker").asText());
                }
            });
            return workers.size() >= 2;
        });
        return running;
    }

    private static void awaitAllSucceeded(String tag, List<String> jobs) {
        Awaiting.until(jobs.size() + " jobs '" + tag + "' to succeed", ALL_DONE, () -> {
            try {
                return given(platform).api().count("SUCCEEDED", tag) == jobs.size();
            } catch (UncheckedIOException away) {
                return false;
            }
        });
    }

    /** Submits with keys, each remembered with what is known of its outcome. */
    private static final class Submits {

        private final Platform platform;
        private final String tag;
        private final Map<String, String> accepted = new ConcurrentHashMap<>();
        private final ConcurrentLinkedQueue<String> unknown = new ConcurrentLinkedQueue<>();
        private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
        private int sent;

        Submits(Platform platform, String tag) {
            this.platform = platform;
            this.tag = tag;
        }

        void send(int n, int perSecond) {
            Api api = platform.api();
            long begun = System.nanoTime();
            for (int i = 0; i < n; i++) {
                String key = tag + "-" + sent++;
                clients.execute(() -> submit(api, key));
                long due = begun + TimeUnit.SECONDS.toNanos(1) * (i + 1) / perSecond;
                LockSupport.parkNanos(due - System.nanoTime());
            }
        }

        void finish() throws InterruptedException {
            clients.shutdown();
            assertThat(clients.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        }

        void repeatUnknown() {
            while (!unknown.isEmpty()) {
                submit(platform.api(), unknown.remove());
            }
        }

        Map<String, String> accepted() {
            return accepted;
        }

        private void submit(Api api, String key) {
            String body =
                    "{\"task\":\"demo.echo\",\"payload\":{\"value\":\"%s\"},\"tags\":[\"%s\"]}".formatted(key, tag);
            try {
                Api.Answer answer = api.post("/jobs", body, "Idempotency-Key", key);
                if (answer.status() == 202) {
                    accepted.put(key, answer.body().path("id").asText());
                } else {
                    unknown.add(key);
                }
            } catch (UncheckedIOException noAnswer) {
                unknown.add(key);
            }
        }
    }
}
