package dev.millrace.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.job.JobEvent.Ended;
import dev.millrace.job.JobEvent.Started;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.job.PolicyOverride;
import dev.millrace.retry.RetryOverride;
import dev.millrace.stream.jobs.Cancelling.Cancellation;
import dev.millrace.task.SoftTimeLimitExceeded;
import dev.millrace.testkit.RedisFixture;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How a run is told to come to an end, by its limits or by a cancel, and what becomes of its job. */
class LimitsRedisTest {

    @RegisterExtension
    static final RedisFixture REDIS = RedisFixture.forgetful();

    private static final Duration SOON = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofMinutes(1);

    private final AtomicBoolean letGo = new AtomicBoolean();
    private Workshop shop = new Workshop(REDIS);

    @BeforeEach
    void openShop() {
        shop = new Workshop(REDIS).keepTime();
    }

    @AfterEach
    void closeShop() throws InterruptedException {
        letGo.set(true);
        shop.close();
    }

    @Test
    void I18_tellsTheTaskOnceThatItsSoftLimitHasPassed() {
        List<String> told = new CopyOnWriteArrayList<>();
        shop.policy = limits(LONG, SOON);
        shop.task("careful", (payload, context) -> {
                    try {
                        while (true) {
                            context.progress(1, 2, null);
                        }
                    } catch (SoftTimeLimitExceeded soft) {
                        told.add(soft.getMessage() + context.cancelled());
                        context.sleep(Duration.ofMillis(20));
                        context.progress(2, 2, "cleaned up");
                        return "clean";
                    }
                })
                .start();
        Ended end = shop.endOf(shop.submit("careful"));
        assertThat(told).containsExactly("The run has passed its soft limit of PT0.2S.true");
        assertThat(end.state()).isEqualTo(JobState.SUCCEEDED);
        assertLate(end, SOON, Duration.ofSeconds(1));
    }

    @Test
    void I18_endsWaitsAtTheSoftLimit() {
        shop.policy = limits(LONG, SOON);
        shop.task("asleep", (payload, context) -> {
                    context.sleep(LONG);
                    return "too late";
                })
                .task("blocked", (payload, context) -> new CountDownLatch(1).await(60, TimeUnit.SECONDS))
                .start();
        Ended asleep = shop.endOf(shop.submit("asleep"));
        assertThat(asleep.state()).isEqualTo(JobState.TIMED_OUT);
        assertThat(Objects.requireNonNull(asleep.error()).type()).isEqualTo(SoftTimeLimitExceeded.class.getName());
        assertLate(asleep, SOON, Duration.ofSeconds(1));
        assertThat(shop.endOf(shop.submit("blocked")).state()).isEqualTo(JobState.TIMED_OUT);
    }

    @Test
    void I18_endsAJobWhoseThreadNeverReturnsAndCountsItsSlot() {
        shop.policy = limits(SOON, null);
        shop.task("endless", (payload, context) -> {
                    while (!letGo.get()) {
                        Thread.onSpinWait();
                    }
                    return "ignored";
                })
                .task("fine", (payload, context) -> "ok");
        Worker worker = shop.start();
        Ended end = shop.endOf(shop.submit("endless"));
        assertThat(end.state()).isEqualTo(JobState.TIMED_OUT);
        assertLate(end, SOON, Duration.ofSeconds(2));
        assertThat(shop.endOf(shop.submit("fine")).state()).isEqualTo(JobState.SUCCEEDED);
        Workshop.await("its slot to be counted", () -> worker.leakedSlots() == 1);
        assertThat(shop.meters.get("millrace_slots_leaked").gauge().value()).isEqualTo(1);
        Workshop.await("the exit, as 1 of 4 slots is more than a tenth", () -> !shop.exitCodes.isEmpty());
        assertThat(shop.exitCodes).containsExactly(86);
        letGo.set(true);
        Workshop.await("its slot", () -> worker.leakedSlots() == 0);
    }

    @Test
    void I17_cancelsARunThatCleansUpFirst() {
        List<String> seen = new CopyOnWriteArrayList<>();
        shop.task("obedient", (payload, context) -> {
                    try {
                        context.sleep(LONG);
                    } catch (InterruptedException stop) {
                        context.sleep(Duration.ofMillis(50));
                        seen.add("cancelled " + context.cancelled());
                        throw stop;
                    }
                    return "too late";
                })
                .start();
        JobId job = started("obedient");
        assertThat(shop.cancel(job)).isEqualTo(Cancellation.FLAGGED);
        assertThat(shop.endOf(job).state()).isEqualTo(JobState.CANCELLED);
        assertThat(seen).containsExactly("cancelled true");
    }

    @Test
    void I17_letsASuccessWinOverACancelThatIsNotHeeded() {
        CountDownLatch flagged = new CountDownLatch(1);
        shop.task("stubborn", (payload, context) -> {
                    while (flagged.getCount() > 0) {
                        Thread.onSpinWait();
                    }
                    return "done";
                })
                .start();
        JobId job = started("stubborn");
        assertThat(shop.cancel(job)).isEqualTo(Cancellation.FLAGGED);
        flagged.countDown();
        assertThat(shop.endOf(job).state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(shop.cancel(job)).isEqualTo(Cancellation.ENDED);
    }

    @Test
    void I17_makesACancelOfAFailureThatWouldBeTriedAgain() {
        CountDownLatch flagged = new CountDownLatch(1);
        shop.task("failing", (payload, context) -> {
                    while (flagged.getCount() > 0) {
                        Thread.onSpinWait();
                    }
                    throw new IOException("down");
                })
                .start();
        JobId job = started("failing");
        shop.cancel(job);
        flagged.countDown();
        assertThat(shop.endOf(job).state()).isEqualTo(JobState.CANCELLED);
    }

    @Test
    void I16_neverStartsWhatWasCancelledWhileItWaitedForASlot() {
        List<Object> ran = new CopyOnWriteArrayList<>();
        shop.slots = 1;
        shop.task("slow", (payload, context) -> {
                    ran.add(context.jobId());
                    while (!letGo.get()) {
                        context.sleep(Duration.ofMillis(5));
                    }
                    return "ok";
                })
                .start();
        JobId first = started("slow");
        JobId second = shop.submit("slow");
        Workshop.await("the second in hand", () -> shop.cancel(second) == Cancellation.FLAGGED || ended(second));
        assertThat(shop.endOf(second).state()).isEqualTo(JobState.CANCELLED);
        letGo.set(true);
        assertThat(shop.endOf(first).state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(ran).containsExactly(first.uuid());
    }

    @Test
    void I33_endsACancelledRunThatItsWorkerWouldHandBack() throws InterruptedException {
        shop.grace = Duration.ofMillis(100);
        shop.task("deaf", (payload, context) -> {
            while (!letGo.get()) {
                Thread.onSpinWait();
            }
            return "ignored";
        });
        Worker worker = shop.start();
        JobId job = started("deaf");
        shop.cancel(job);
        worker.stop();
        assertThat(shop.endOf(job).state()).isEqualTo(JobState.CANCELLED);
    }

    private boolean ended(JobId job) {
        return shop.endIfAny(job) != null;
    }

    private JobId started(String task) {
        JobId job = shop.submit(task);
        Workshop.await("its start", () -> !shop.eventsOf(job, Started.class).isEmpty());
        return job;
    }

    /** The bound of the invariant, which has much room on an idle machine. */
    private static void assertLate(Ended end, Duration limit, Duration atMost) {
        assertThat(Objects.requireNonNull(end.start()).duration()).isBetween(limit, limit.plus(atMost));
    }

    private static PolicyOverride limits(Duration timeout, @Nullable Duration softTimeout) {
        return new PolicyOverride(timeout, softTimeout, RetryOverride.NONE);
    }
}
