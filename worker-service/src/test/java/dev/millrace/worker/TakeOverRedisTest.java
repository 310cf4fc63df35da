package dev.millrace.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.stream.jobs.Batch;
import dev.millrace.stream.jobs.JobStreams;
import dev.millrace.testkit.RedisFixture;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of thousands of jobs whose worker died. */
class TakeOverRedisTest {

    private static final int LEFT = 2_000;

    @RegisterExtension
    static final RedisFixture REDIS = RedisFixture.forgetful();

    private final List<String> ran = new CopyOnWriteArrayList<>();
    private Workshop shop = new Workshop(REDIS);

    @BeforeEach
    void aWorkerDiesWithThousands() {
        shop = new Workshop(REDIS);
        shop.sweep = Duration.ofSeconds(2);
        shop.submit("mine", LEFT);
        JobStreams dead = REDIS.streams("dead");
        for (int taken = 0; taken < LEFT; taken += Batch.MAX) {
            dead.take(Workshop.QUEUE, Batch.MAX);
        }
    }

    @AfterEach
    void closeShop() {
        shop.close();
    }

    @Test
    void I12_theyComeBackAtThePaceOfRunningAndNotOfSweeps() {
        shop.task("mine", (payload, context) -> ran.add("mine")).start();
        Workshop.await("all of them, in fewer than a dozen sweeps", () -> ran.size() == LEFT);
        assertThat(reclaimed()).isEqualTo(LEFT);
    }

    @Test
    void whatIsNewWaitsForSomeOfThemOnly() {
        CountDownLatch newIsThere = new CountDownLatch(1);
        shop.task("mine", (payload, context) -> {
                    ran.add("mine");
                    newIsThere.await();
                    return "ok";
                })
                .task("new", (payload, context) -> ran.add("new"))
                .start();
        Workshop.await("the first of them", () -> !ran.isEmpty());
        shop.submit("new", 100);
        newIsThere.countDown();
        Workshop.await("all", () -> ran.size() == LEFT + 100);
        assertThat(ran.lastIndexOf("new")).isLessThan(LEFT);
    }

    private double reclaimed() {
        return shop.meters.get("millrace_jobs_reclaimed").counter().count();
    }
}
