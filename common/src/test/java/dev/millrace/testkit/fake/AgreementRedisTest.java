package dev.millrace.testkit.fake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.stream.jobs.JobStreams;
import dev.millrace.stream.timers.TimerStreams;
import dev.millrace.testkit.Probe;
import dev.millrace.testkit.RedisFixture;
import dev.millrace.testkit.RedisProbe;
import dev.millrace.testkit.TestClock;
import dev.millrace.testkit.contract.RandomCalls;
import dev.millrace.testkit.contract.RandomLife;
import dev.millrace.testkit.contract.StreamSubject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The fake means what the real one means. */
@Tag("slow")
class AgreementRedisTest {

    @RegisterExtension
    static final RedisFixture REDIS = RedisFixture.forgetful();

    private static final int SEEDS = Integer.getInteger("millrace.test.seeds", 60);
    private static final int FIRST = Integer.getInteger("millrace.test.seed", 1);
    private static final int STEPS = 200;
    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

    private static final class Real implements StreamSubject {

        @Override
        public JobStreams streams(String consumer) {
            return REDIS.streams(consumer);
        }

        @Override
        public TimerStreams timers(String scheduler) {
            return REDIS.timers(scheduler);
        }

        @Override
        public Probe probe() {
            return new RedisProbe(REDIS);
        }
    }

    private static final class Fake implements StreamSubject {

        private final FakeRedis redis;

        Fake(FakeRedis redis) {
            this.redis = redis;
            redis.streams("opener").bless(RedisFixture.EPOCH);
        }

        @Override
        public JobStreams streams(String consumer) {
            return redis.streams(consumer);
        }

        @Override
        public TimerStreams timers(String scheduler) {
            return redis.timers(scheduler);
        }

        @Override
        public Probe probe() {
            return redis.probe();
        }
    }

    @Test
    void answersAndLeavesBehindTheSameAsRealRedis() {
        for (int seed = FIRST; seed < FIRST + SEEDS; seed++) {
            REDIS.empty();
            List<String> real = new RandomCalls(new Real(), seed).script(STEPS);
            List<String> fake = new RandomCalls(new Fake(ticking()), seed).script(STEPS);
            assertSame(seed, real, fake);
        }
    }

    private static void assertSame(int seed, List<String> real, List<String> fake) {
        int line = 0;
        while (line < real.size() && line < fake.size() && real.get(line).equals(fake.get(line))) {
            line++;
        }
        assertThat(tail(fake, line))
                .as(
                        "seed %d differs in line %d; again: -Dmillrace.test.seed=%d -Dmillrace.test.seeds=1. Before: %s",
                        seed, line, seed, real.subList(Math.max(0, line - 6), line))
                .isEqualTo(tail(real, line));
    }

    private static List<String> tail(List<String> script, int from) {
        return script.subList(from, Math.min(script.size(), from + 4));
    }

    @Test
    void I1_I4_I6_I9_I11_I15_I16_I17_I19_I35_carriesARandomLifeAsRealRedisDoes() {
        for (int seed = FIRST; seed < FIRST + SEEDS; seed++) {
            new RandomLife(new Fake(ticking()), seed).live(STEPS);
        }
    }

    /** Its clock goes on whenever it is asked, so that ids differ and what waits comes. */
    private static FakeRedis ticking() {
        TestClock clock = new TestClock(START);
        return new FakeRedis(() -> {
            clock.advance(Duration.ofNanos(50_000));
            return clock.instant();
        });
    }
}
