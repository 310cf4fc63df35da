package dev.millrace.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.job.Job;
import dev.millrace.job.JobEvent.Deferred;
import dev.millrace.job.JobEvent.Ended;
import dev.millrace.job.JobEvent.Why;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.job.PolicyOverride;
import dev.millrace.retry.BackoffType;
import dev.millrace.retry.Jitter;
import dev.millrace.retry.RetryOverride;
import dev.millrace.task.PermanentFailure;
import dev.millrace.task.RetryLater;
import dev.millrace.task.Snooze;
import dev.millrace.testkit.RedisFixture;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What follows a run that fails, or that is not done yet. */
class RetriesRedisTest {

    @RegisterExtension
    static final RedisFixture REDIS = RedisFixture.forgetful();

    private Workshop shop = new Workshop(REDIS);

    @BeforeEach
    void openShop() {
        shop = new Workshop(REDIS).keepTime();
        shop.policy = policy(4, Duration.ofMillis(20));
    }

    @AfterEach
    void closeShop() throws InterruptedException {
        shop.close();
    }

    @Test
    void I15_triesAgainAfterEachFailureUntilItSucceeds() {
        shop.task("flaky", (payload, context) -> {
                    if (context.attempt() < 3) {
                        throw new IOException("attempt " + context.attempt());
                    }
                    return context.attempt() + " of " + context.maxAttempts();
                })
                .start();
        JobId job = shop.submit("flaky");
        Ended end = shop.endOf(job);
        assertThat(end.result()).isEqualTo("\"3 of 4\"");
        assertThat(end.attempt()).isEqualTo(3);
        List<Deferred> deferred = shop.eventsOf(job, Deferred.class);
        assertThat(deferred).extracting(Deferred::why).containsExactly(Why.RETRY, Why.RETRY);
        assertThat(deferred).extracting(Deferred::attempt).containsExactly(2, 3);
        assertThat(deferred)
                .extracting(one -> Duration.between(one.at(), one.due()).toMillis())
                .containsExactly(20L, 40L);
        assertThat(Objects.requireNonNull(deferred.getFirst().error()).message())
                .isEqualTo("attempt 1");
        assertThat(Objects.requireNonNull(deferred.getFirst().start()).worker()).isEqualTo("worker-1");
        assertThat(deferrals("retry")).isEqualTo(2);
    }

    @Test
    void I13_endsFailedAfterItsLastAttempt() {
        List<Integer> attempts = new CopyOnWriteArrayList<>();
        shop.task("broken", (payload, context) -> {
                    attempts.add(context.attempt());
                    throw new IOException("down");
                })
                .start();
        JobId job = shop.submit("broken");
        Ended end = shop.endOf(job);
        assertThat(end.state()).isEqualTo(JobState.FAILED);
        assertThat(end.attempt()).isEqualTo(4);
        assertThat(attempts).containsExactly(1, 2, 3, 4);
    }

    @Test
    void endsAtOnceWhatIsInVain() {
        shop.task("gone", (payload, context) -> {
                    throw new PermanentFailure("no such account");
                })
                .start();
        JobId job = shop.submit("gone");
        Ended end = shop.endOf(job);
        assertThat(end.state()).isEqualTo(JobState.FAILED);
        assertThat(end.attempt()).isEqualTo(1);
        assertThat(Objects.requireNonNull(end.error()).type()).isEqualTo(PermanentFailure.class.getName());
        assertThat(shop.eventsOf(job, Deferred.class)).isEmpty();
    }

    @Test
    void waitsAsLongAsTheTaskAsks() {
        shop.task("busy", (payload, context) -> {
                    if (context.attempt() == 1) {
                        throw new RetryLater(Duration.ofMillis(300));
                    }
                    return "ok";
                })
                .start();
        JobId job = shop.submit("busy");
        Ended end = shop.endOf(job);
        Deferred deferred = shop.eventsOf(job, Deferred.class).getFirst();
        assertThat(Duration.between(deferred.at(), deferred.due())).isEqualTo(Duration.ofMillis(300));
        assertThat(Objects.requireNonNull(end.start()).at()).isAfterOrEqualTo(deferred.due());
    }

    @Test
    void countsNoAttemptForASnooze() {
        shop.policy = policy(1, Duration.ZERO);
        shop.task("patient", (payload, context) -> {
                    if (context.run() < 7) {
                        throw new Snooze(Duration.ofMillis(5));
                    }
                    return context.attempt();
                })
                .start();
        JobId job = shop.submit("patient");
        assertThat(shop.endOf(job).result()).isEqualTo("1");
        assertThat(shop.eventsOf(job, Deferred.class))
                .isNotEmpty()
                .allSatisfy(snoozed -> assertThat(snoozed.why()).isEqualTo(Why.SNOOZE))
                .allSatisfy(snoozed -> assertThat(snoozed.error()).isNull());
        assertThat(deferrals("snooze"))
                .isEqualTo(shop.eventsOf(job, Deferred.class).size());
    }

    @Test
    void I15_keepsTheAttemptWhenItsWorkerDies() {
        Job third = shop.job("mine", "{}", 0).withAttempt(3);
        JobId job = shop.submit(third);
        assertThat(REDIS.streams("dead").take(Workshop.QUEUE, 1)).hasSize(1);
        shop.task("mine", (payload, context) -> {
                    throw new IOException("attempt " + context.attempt());
                })
                .start();
        Ended end = shop.endOf(job);
        assertThat(end.attempt()).isEqualTo(4);
        assertThat(shop.eventsOf(job, Deferred.class))
                .singleElement()
                .satisfies(once ->
                        assertThat(Duration.between(once.at(), once.due())).isEqualTo(Duration.ofMillis(80)));
    }

    @Test
    void I33_keepsTheAttemptOfARunThatFailsWhileItsWorkerStops() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch stopping = new CountDownLatch(1);
        shop.task("late", (payload, context) -> {
            started.countDown();
            if (context.attempt() == 1) {
                stopping.await(20, TimeUnit.SECONDS);
                throw new IOException("in the grace");
            }
            return context.attempt();
        });
        Worker first = shop.start();
        JobId job = shop.submit("late");
        assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
        Thread stop = Thread.ofPlatform().start(first::stop);
        Workshop.await("the drain", first::draining);
        stopping.countDown();
        stop.join();
        assertThat(shop.eventsOf(job, Deferred.class)).hasSize(1);
        shop.start();
        assertThat(shop.endOf(job).result()).isEqualTo("2");
    }

    private double deferrals(String why) {
        var counter = shop.meters.find("millrace_jobs_deferred").tag("why", why).counter();
        return counter == null ? 0 : counter.count();
    }

    private static PolicyOverride policy(int maxAttempts, Duration base) {
        return new PolicyOverride(
                null, null, new RetryOverride(maxAttempts, BackoffType.EXPONENTIAL, base, 2.0, null, Jitter.NONE));
    }
}
