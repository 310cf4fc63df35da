package dev.millrace.api.service.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.api.ApiServers;
import dev.millrace.loop.ScheduledRates;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.scheduler.SkippedExecution;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(ApiServers.class)
class ScheduledRatesTest {

    private static final String NAME = "of-this-test";
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final int SOON = 20;

    @Inject
    Scheduler scheduler;

    @Inject
    SkippedCalls skipped;

    private final CountDownLatch mayEnd = new CountDownLatch(1);

    /** Calls that quarkus-scheduler has left out. */
    @Singleton
    static class SkippedCalls {

        private final LinkedBlockingQueue<String> names = new LinkedBlockingQueue<>();

        void skipped(@Observes SkippedExecution call) {
            names.add(call.getExecution().getTrigger().getId());
        }
    }

    @AfterEach
    void end() {
        mayEnd.countDown();
        scheduler.unscheduleJob(NAME);
    }

    @Test
    void callsOnceAPeriodOnAThreadThatMayBeBlocked() throws InterruptedException {
        CountDownLatch twice = new CountDownLatch(2);
        AtomicInteger onEventLoop = new AtomicInteger();

        new ScheduledRates(scheduler).every(PERIOD, NAME, () -> {
            onEventLoop.addAndGet(Thread.currentThread().getName().contains("eventloop") ? 1 : 0);
            twice.countDown();
        });

        assertThat(twice.await(SOON, TimeUnit.SECONDS)).isTrue();
        assertThat(onEventLoop).hasValue(0);
    }

    @Test
    void leavesOutACallThatIsDueWhileTheFormerOneGoesOn() throws InterruptedException {
        AtomicInteger calls = new AtomicInteger();

        new ScheduledRates(scheduler).every(PERIOD, NAME, () -> {
            calls.incrementAndGet();
            awaitEnd();
        });

        String leftOut = skipped.names.poll(SOON, TimeUnit.SECONDS);
        while (leftOut != null && !leftOut.equals(NAME)) {
            leftOut = skipped.names.poll(SOON, TimeUnit.SECONDS);
        }
        assertThat(leftOut).isEqualTo(NAME);
        assertThat(calls).hasValue(1);
    }

    private void awaitEnd() {
        try {
            mayEnd.await();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }
}
