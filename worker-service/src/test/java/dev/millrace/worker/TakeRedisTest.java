package dev.millrace.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.job.Band;
import dev.millrace.job.JobEvent.Queued;
import dev.millrace.job.JobEvent.Started;
import dev.millrace.job.JobId;
import dev.millrace.stream.entries.Lane;
import dev.millrace.testkit.RedisFixture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What it costs a worker to come by its jobs, by what Redis counts. */
class TakeRedisTest {

    @RegisterExtension
    static final RedisFixture REDIS = RedisFixture.forgetful();

    private static final String NORMAL = RedisFixture.NAMES.lane(Lane.of(Workshop.QUEUE, Band.NORMAL));

    private Workshop shop = new Workshop(REDIS);

    @BeforeEach
    void openShop() {
        shop = new Workshop(REDIS);
        shop.sweep = Duration.ofMinutes(1);
    }

    @AfterEach
    void closeShop() {
        shop.close();
    }

    @Test
    void aShortJobThatComesAloneCostsOneReadAndTwoEntries() {
        shop.task("count", (payload, context) -> "ok").start();
        shop.endOf(shop.submit("count"));
        REDIS.get("CONFIG", "RESETSTAT");
        List<JobId> jobs = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            jobs.add(shop.submit("count"));
            shop.endOf(jobs.getLast());
        }
        assertThat(calls("xreadgroup")).isBetween(50L, 60L);
        assertThat(calls("xadd"))
                .as("entries of jobs, of their ends, of the fleet")
                .isBetween(100L, 105L);
        assertThat(jobs).allSatisfy(job -> {
            assertThat(shop.eventsOf(job)).hasSize(1);
            assertThat(shop.endOf(job).start()).isNotNull();
        });
    }

    @Test
    void aJobThatComesAloneAndLastsTellsOfItsStartOnce() throws InterruptedException {
        CountDownLatch mayEnd = new CountDownLatch(1);
        shop.task("wait", (payload, context) -> mayEnd.await(20, TimeUnit.SECONDS))
                .start();
        Workshop.await("a read that waits", () -> calls("xreadgroup") > 0);
        JobId job = shop.submit("wait");
        Workshop.await("its start", () -> !shop.eventsOf(job, Started.class).isEmpty());
        mayEnd.countDown();
        assertThat(shop.endOf(job).start()).isNotNull();
        assertThat(shop.eventsOf(job, Started.class)).hasSize(1);
    }

    @Test
    void leavesTheJobsOfAPausedQueueAsTheyAre() {
        AtomicInteger ran = new AtomicInteger();
        REDIS.streams("api").pause(Workshop.QUEUE);
        shop.submit("count", 1_000);
        shop.task("count", (payload, context) -> ran.incrementAndGet());
        REDIS.get("CONFIG", "RESETSTAT");
        shop.start();
        Workshop.await("some looks at the pause", () -> calls("exists") >= 5);
        assertThat(REDIS.get("XLEN", NORMAL).toInteger()).isEqualTo(1_000);
        assertThat(shop.allEvents(Queued.class)).isEmpty();
        assertThat(ran).hasValue(0);
        REDIS.streams("api").resume(Workshop.QUEUE);
        Workshop.await("all of them", () -> ran.get() == 1_000);
    }

    @Test
    void holdsMoreOfJobsThatEndFastWithoutBeingTold() {
        shop.slots = 2;
        shop.prefetch = OptionalInt.empty();
        AtomicInteger ran = new AtomicInteger();
        shop.submit("count", 5_000);
        shop.task("count", (payload, context) -> ran.incrementAndGet()).start();
        Workshop.await("all of them", () -> ran.get() == 5_000);
        assertThat(shop.meters.get("millrace_prefetch").gauge().value()).isGreaterThan(4);
    }

    private static long calls(String command) {
        Matcher found = Pattern.compile("cmdstat_" + command + ":calls=(\\d+)")
                .matcher(REDIS.get("INFO", "commandstats").toString());
        return found.find() ? Long.parseLong(found.group(1)) : 0;
    }
}
