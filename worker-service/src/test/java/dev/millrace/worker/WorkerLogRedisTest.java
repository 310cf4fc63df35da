package dev.millrace.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.job.Band;
import dev.millrace.job.Job;
import dev.millrace.job.JobEvent.Started;
import dev.millrace.job.JobId;
import dev.millrace.job.JobPlace;
import dev.millrace.job.JobState;
import dev.millrace.stream.entries.Lane;
import dev.millrace.testkit.RedisFixture;
import dev.millrace.testkit.WrittenLog;
import io.quarkus.vertx.core.runtime.VertxMDC;
import io.quarkus.vertx.mdc.provider.LateBoundMDCProvider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a worker's log says of jobs, and what it does not. */
class WorkerLogRedisTest {

    private static final String CANARY = "canary-7f3a";
    private static final String PAYLOAD = "{\"secret\":\"" + CANARY + "\"}";
    private static final Logger A_LIBRARY = Logger.getLogger("org.example.library");

    @RegisterExtension
    static final RedisFixture REDIS = RedisFixture.forgetful();

    /** As Quarkus does: fields are inherited by threads. */
    @BeforeAll
    static void fieldsAreAsInAService() {
        LateBoundMDCProvider.setMDCProviderDelegate(VertxMDC.INSTANCE);
    }

    private Workshop shop = new Workshop(REDIS);
    private WrittenLog log = WrittenLog.open();

    @BeforeEach
    void openShop() {
        shop = new Workshop(REDIS);
        shop.policy = Workshop.ATTEMPTS_1;
        log.close();
        log = WrittenLog.open();
    }

    @AfterEach
    void closeShop() throws InterruptedException {
        shop.close();
        log.close();
    }

    @Test
    void everyLineOfATaskCarriesItsJobFromWhateverThread() {
        shop.task("chatty", (payload, context) -> {
                    context.logger().info("by its logger");
                    A_LIBRARY.info("by a library");
                    CompletableFuture.runAsync(() -> context.logger().infof("from a %s", "pool"))
                            .join();
                    return "said";
                })
                .start();

        JobId job = shop.submit("chatty");
        assertThat(shop.endOf(job).state()).isEqualTo(JobState.SUCCEEDED);

        String fields = " attempt=1 jobId=" + job + " queue=default run=1 task=chatty worker=worker-1";
        assertThat(log.lines())
                .contains(
                        "INFO  [task.chatty] by its logger" + fields,
                        "INFO  [org.example.library] by a library" + fields,
                        "INFO  [task.chatty] from a pool" + fields);
    }

    @Test
    void aMemberOfAWorkflowKnowsItsPlaceAndSoDoItsLines() {
        shop.task("member", (payload, context) -> {
                    context.logger().info("here");
                    return context.place().orElseThrow().toString();
                })
                .start();
        UUID workflow = new UUID(1, 2);
        Job job = shop.job("member", "{}", 0);

        shop.submit(job.withSpec(job.spec().withPlace(new JobPlace(workflow, "pages", 3))));

        assertThat(shop.endOf(job.id()).result())
                .contains("node=pages, index=3")
                .contains(workflow.toString());
        assertThat(log.lines())
                .contains("INFO  [task.member] here attempt=1 index=3 jobId=" + job.id()
                        + " node=pages queue=default run=1 task=member worker=worker-1 workflow=" + workflow);
    }

    @Test
    void noLineOfAPoolsThreadCarriesTheJobThatMadeThePool() {
        shop.task(
                        "library",
                        (payload, context) -> CompletableFuture.runAsync(() -> A_LIBRARY.info("from a pool"))
                                .handle((done, failure) -> "ran")
                                .join())
                .start();

        for (int i = 0; i < 20; i++) {
            assertThat(shop.endOf(shop.submit("library")).state()).isEqualTo(JobState.SUCCEEDED);
        }

        assertThat(log.lines())
                .filteredOn(line -> line.contains("from a pool"))
                .hasSize(20)
                .noneMatch(line -> line.contains("jobId"));
    }

    @Test
    void aJobCannotForgeALine() {
        shop.task("forger", (payload, context) -> {
                    context.logger().infof("It was told: %s", text(payload));
                    throw new IllegalStateException("\nERROR [dev.millrace] forged");
                })
                .start();

        shop.endOf(shop.submit("forger", "{\"text\":\"\u2028ERROR [dev.millrace] forged\\u001b[2J\"}"));

        assertThat(log.lines()).anyMatch(line -> line.contains("It was told") && line.contains("\\u2028ERROR"));
        assertThat(log.lines()).noneMatch(line -> line.contains("\u2028") || line.contains("\u001b"));
        assertThat(log.lines()).noneMatch(line -> line.startsWith("ERROR"));
    }

    @Test
    void nothingOfAPayloadHeaderResultOrErrorIsLogged() throws Exception {
        CountDownLatch asleep = new CountDownLatch(1);
        shop.task("echo", (payload, context) -> payload)
                .task("throw", (payload, context) -> {
                    throw new IllegalStateException("cannot take " + payload, new Exception(CANARY));
                })
                .task("break", (payload, context) -> {
                    throw new StackOverflowError(CANARY);
                })
                .task("large", (payload, context) -> CANARY.repeat(50_000))
                .task("nul", (payload, context) -> Map.of(CANARY, "\0"))
                .task("slow", Duration.ofMillis(200), (payload, context) -> {
                    context.progress(1, 2, CANARY);
                    return new CountDownLatch(1).await(20, TimeUnit.SECONDS);
                })
                .task("taken", (payload, context) -> {
                    asleep.countDown();
                    try {
                        return new CountDownLatch(1).await(20, TimeUnit.SECONDS);
                    } catch (InterruptedException told) {
                        return CANARY;
                    }
                })
                .start();

        List.of("echo", "throw", "break", "large", "nul", "slow")
                .forEach(task -> assertThat(
                                shop.endOf(shop.submit(task, PAYLOAD)).state().ended())
                        .isTrue());
        assertThat(shop.endOf(shop.submit("echo", "{\"" + CANARY + "\":")).state())
                .isEqualTo(JobState.FAILED);
        shop.submit("unknown", PAYLOAD);
        Workshop.await("it is left", () -> logged("No such task here"));
        takeOver(shop.submit("taken", PAYLOAD), asleep);
        Workshop.await("the fence", () -> logged("FENCED"));

        assertThat(log.lines()).anyMatch(line -> line.contains("Lost the job's lease") && line.contains(" task=taken"));
        assertThat(log.lines()).anyMatch(line -> line.contains("FENCED") && line.contains(" jobId="));
        assertThat(log.lines()).noneMatch(line -> line.contains(CANARY));
    }

    private static String text(Object payload) {
        return ((JsonNode) payload).path("text").asText();
    }

    private void takeOver(JobId job, CountDownLatch running) throws InterruptedException {
        assertThat(running.await(20, TimeUnit.SECONDS)).isTrue();
        Workshop.await("its start", () -> shop.eventsOf(job).stream().anyMatch(Started.class::isInstance));
        String lane = RedisFixture.NAMES.lane(Lane.of(Workshop.QUEUE, Band.NORMAL));
        REDIS.get("XPENDING", lane, "workers", "-", "+", "10", "worker-1")
                .forEach(pending -> REDIS.get(
                        "XCLAIM", lane, "workers", "thief", 0, pending.get(0).toString()));
    }

    private boolean logged(String words) {
        return log.lines().stream().anyMatch(line -> line.contains(words));
    }
}
