package dev.millrace.stream.jobs;

import dev.millrace.stream.timers.TimerStreams;
import dev.millrace.testkit.Probe;
import dev.millrace.testkit.RedisFixture;
import dev.millrace.testkit.RedisProbe;
import dev.millrace.testkit.contract.RandomLife;
import dev.millrace.testkit.contract.StreamSubject;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("slow")
class RandomLifeRedisTest implements StreamSubject {

    @RegisterExtension
    static final RedisFixture REDIS = RedisFixture.forgetful();

    private static final int SEEDS = Integer.getInteger("millrace.test.seeds", 100);
    private static final int FIRST = Integer.getInteger("millrace.test.seed", 1);
    private static final int STEPS = 200;

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

    @Test
    void I1_I4_I6_I9_I11_I15_I16_I17_I19_I35_keepsEveryJobSingleAndEndsItOnceWhateverWorkersDo() {
        for (int seed = FIRST; seed < FIRST + SEEDS; seed++) {
            REDIS.empty();
            try {
                new RandomLife(this, seed).live(STEPS);
            } catch (AssertionError | RuntimeException broken) {
                throw new AssertionError(
                        "Broken by seed " + seed + "; again: -Dmillrace.test.seed=" + seed + " -Dmillrace.test.seeds=1",
                        broken);
            }
        }
    }
}
