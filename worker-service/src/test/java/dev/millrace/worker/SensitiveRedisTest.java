package dev.millrace.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.job.JobEvent.Deferred;
import dev.millrace.job.JobEvent.Ended;
import dev.millrace.job.JobEvent.Progressed;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.task.Sensitive;
import dev.millrace.testkit.RedisFixture;
import dev.millrace.testkit.WrittenLog;
import io.quarkus.vertx.core.runtime.VertxMDC;
import io.quarkus.vertx.mdc.provider.LateBoundMDCProvider;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a payload marks as sensitive shows in nothing that a worker tells, whatever its task does with it. */
class SensitiveRedisTest {

    private static final int SECRETS = 1_000;
    private static final String CANARY = "canary-";
    private static final Logger A_LIBRARY = Logger.getLogger("org.example.library");

    @RegisterExtension
    static final RedisFixture REDIS = RedisFixture.forgetful();

    public record Login(String user, @Sensitive String password) {}

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
    void ofAThousandSecretsNoneIsInALogAnErrorOrAnEvent() {
        shop.task("careless", Login.class, (payload, context) -> {
                    String password = ((Login) payload).password();
                    context.logger().infof("It is %s.", password);
                    A_LIBRARY.warnf(new IllegalStateException("wrong: " + password), "Was told %s.", payload);
                    CompletableFuture.runAsync(() -> context.logger().info("from a pool: " + password))
                            .join();
                    Thread.ofVirtual()
                            .start(() -> A_LIBRARY.info("from a thread: " + password))
                            .join();
                    context.progress(1, 2, "with " + password);
                    throw new IllegalStateException(
                            "x".repeat(4_090) + password, new IllegalArgumentException("because of " + payload));
                })
                .start();

        List<JobId> jobs = IntStream.range(0, SECRETS)
                .mapToObj(i -> shop.submit("careless", payload(i)))
                .toList();
        Workshop.await("all have ended", () -> shop.allEvents(Ended.class).size() == SECRETS);

        assertThat(log.lines())
                .filteredOn(line -> line.contains("***"))
                .hasSize(4 * SECRETS)
                .anyMatch(line -> line.contains("It is ***."))
                .anyMatch(line -> line.contains("Was told Login[user=u, password=***]."))
                .anyMatch(line -> line.contains("wrong: ***"));
        assertThat(log.lines()).noneMatch(line -> line.contains(CANARY));
        assertThat(shop.allEvents(Ended.class)).hasSize(jobs.size()).allSatisfy(end -> {
            assertThat(end.state()).isEqualTo(JobState.FAILED);
            assertThat(String.valueOf(end)).contains("because of Login[user=u, password=***]");
        });
        assertThat(String.valueOf(shop.allEvents(Ended.class))).doesNotContain("canary", "canar");
        assertThat(shop.allEvents(Deferred.class)).isEmpty();
    }

    @Test
    void aProgressThatIsReportedShowsNone() throws InterruptedException {
        CountDownLatch reported = new CountDownLatch(1);
        shop.task("slow", Login.class, (payload, context) -> {
                    context.progress(1, 2, "with " + ((Login) payload).password());
                    reported.await();
                    return payload;
                })
                .start();

        JobId job = shop.submit("slow", payload(1));
        Workshop.await(
                "its progress", () -> !shop.eventsOf(job, Progressed.class).isEmpty());
        reported.countDown();

        assertThat(shop.eventsOf(job, Progressed.class).getFirst().progress().message())
                .isEqualTo("with ***");
        assertThat(shop.endOf(job).result()).as("what few may see is kept").contains(CANARY);
    }

    @Test
    void aPayloadThatItsRecordRefusesIsToldWithoutThem() {
        shop.task("strict", Strict.class, (payload, context) -> payload).start();

        assertThat(String.valueOf(shop.endOf(shop.submit("strict", payload(1))).error()))
                .contains("has no digits: ***")
                .doesNotContain(CANARY);
    }

    public record Strict(String user, @Sensitive String password) {

        public Strict {
            throw new IllegalArgumentException("has no digits: " + password);
        }
    }

    private static String payload(int number) {
        return "{\"user\":\"u\",\"password\":\"%s%04d\"}".formatted(CANARY, number);
    }
}
