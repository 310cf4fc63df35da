package dev.millrace.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.RedisFixture;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a worker that stops amid much work leaves behind. */
class DrainRedisTest {

    private static final int JOBS = 4_000;

    @RegisterExtension
    static final RedisFixture REDIS = RedisFixture.forgetful();

    private Workshop shop = new Workshop(REDIS);

    @BeforeEach
    void openShop() {
        shop = new Workshop(REDIS);
    }

    @AfterEach
    void closeShop() {
        shop.close();
    }

    @Test
    void I33_settlesAllThatHasEndedBeforeItIsGone() {
        AtomicInteger runs = new AtomicInteger();
        Set<Object> ran = ConcurrentHashMap.newKeySet();
        shop.task("count", (payload, context) -> {
            runs.incrementAndGet();
            return ran.add(context.jobId());
        });
        shop.submit("count", JOBS);
        Worker first = shop.start();
        Workshop.await("a worker at work", () -> ran.size() > JOBS / 8);
        first.stop();
        assertThat(shop.meters.get("millrace_settle_waiting").gauge().value()).isZero();
        assertThat(ran).hasSizeLessThan(JOBS);
        shop.start();
        Workshop.await("all jobs", () -> ran.size() == JOBS);
        assertThat(runs).hasValue(JOBS);
    }
}
