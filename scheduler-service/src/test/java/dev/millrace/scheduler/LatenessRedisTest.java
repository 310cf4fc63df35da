package dev.millrace.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.testkit.RedisFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tells how late jobs are that are due in one and the same second. How late they may be is for a machine of its own. */
class LatenessRedisTest {

    @RegisterExtension
    static final RedisFixture REDIS = RedisFixture.durable();

    private static final int JOBS = 10_000;
    private static final Logger LOG = Logger.getLogger(LatenessRedisTest.class);

    private final Clockwork clockwork = new Clockwork(REDIS);

    @AfterEach
    void stop() {
        clockwork.stop();
    }

    @Test
    void I4_I19_I20_releasesTenThousandJobsOfOneSecondOnceAndNotEarly() {
        clockwork.start(Clockwork.settings(Duration.ofMillis(500), Duration.ofSeconds(30)));
        clockwork.start(Clockwork.settings(Duration.ofMillis(500), Duration.ofSeconds(30)));
        List<Job> jobs = clockwork.held(JOBS);
        Instant first = clockwork.now().plusSeconds(4);
        Map<JobId, Instant> dues = clockwork.fallDue(jobs, first, Duration.ofNanos(100_000));
        Duration ahead = Duration.between(clockwork.now(), first);
        clockwork.awaitReleased(JOBS);

        List<Duration> lateness = clockwork.lateness(dues);
        assertThat(lateness).hasSize(JOBS);
        LOG.infof(
                "%d jobs due in one second, known %d ms before the first: late p50 %d ms, p99 %d ms, max %d ms.",
                JOBS,
                ahead.toMillis(),
                lateness.get(JOBS / 2).toMillis(),
                lateness.get(JOBS * 99 / 100).toMillis(),
                lateness.getLast().toMillis());
    }
}
