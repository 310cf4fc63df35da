package dev.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.loop.Loops;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What the health of a booted service tells that works from Redis alone. */
public interface HealthContract {

    String READY = "/q/health/ready";
    String LIVE = "/q/health/live";

    Endpoint service();

    Loops loops();

    /** The names of all loops and duties that the service cannot do without; one that is not started is missed late. */
    Set<String> loopsAndDuties();

    /** SIGKILL, if Redis still runs. */
    void killRedis();

    /** Starts it again, empty and not open. */
    void startRedis();

    void openRedis(int epoch);

    /** What readiness says of an epoch that the service works in. */
    String saysWhenReady(int epoch);

    @Test
    default void isAliveAndStartedAsLongAsItsLoopsTurnButReadyOnlyWhileRedisIsOpen() {
        killRedis();
        startRedis();
        assertNotReady("\"redis\": \"cold\"");

        openRedis(7);
        Awaiting.until("it is ready", () -> service().status(READY) == 200);
        assertThat(service().text(READY)).contains(saysWhenReady(7));

        killRedis();
        assertNotReady("\"redis\": \"unreachable\"");
        startRedis();
    }

    private void assertNotReady(String why) {
        Awaiting.until("it tells " + why, () -> service().text(READY).contains(why));
        assertThat(service().status(READY)).isEqualTo(503);
        assertThat(service().status(LIVE)).isEqualTo(200);
        assertThat(service().status("/q/health/started")).isEqualTo(200);
    }

    @Test
    default void runsAllItsLoopsAndDuties() {
        assertThat(loops().watched()).extracting(one -> one.role().name()).containsAll(loopsAndDuties());
    }

    @Test
    default void isNotAliveWhileALoopIsStuckAndNamesIt() {
        CountDownLatch release = new CountDownLatch(1);
        loops().start("held-up", () -> heldUpBy(release), Duration.ofMillis(50));
        Awaiting.until("it is not alive", () -> service().status(LIVE) == 503);
        assertThat(service().text(LIVE)).contains("\"held-up stuck, allowed\": 50");

        release.countDown();
        Awaiting.until("it is alive", () -> service().status(LIVE) == 200);
    }

    private static Duration heldUpBy(CountDownLatch release) throws InterruptedException {
        release.await();
        return Duration.ofHours(1);
    }
}
