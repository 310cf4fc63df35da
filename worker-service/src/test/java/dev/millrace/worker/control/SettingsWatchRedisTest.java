package dev.millrace.worker.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.stream.control.QueueSlots;
import dev.millrace.testkit.Jobs;
import dev.millrace.testkit.RedisFixture;
import dev.millrace.worker.run.HeldRuns;
import dev.millrace.worker.take.Serving;
import dev.millrace.worker.take.TakeControl;
import dev.millrace.worker.take.WorkQueue;
import dev.millrace.worker.take.WorkQueues;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One queue, and what is set of it in a real Redis. */
class SettingsWatchRedisTest {

    @RegisterExtension
    static final RedisFixture REDIS = RedisFixture.forgetful();

    private final HeldRuns runs = new HeldRuns();
    private final TakeControl control = new TakeControl();
    private final WorkQueue queue = new WorkQueue(
            new Serving(Jobs.QUEUE, 4, OptionalInt.empty()), runs.held, runs.runner, control, runs.time.time());
    private final QueueSlots settings = new QueueSlots(REDIS.link());
    private final AtomicInteger told = new AtomicInteger();
    private final SettingsWatch watch =
            new SettingsWatch(settings, new WorkQueues(control, List.of(queue)), told::incrementAndGet);

    private int slots() {
        watch.lookOnce();
        return queue.slots();
    }

    @Test
    void followsWhatIsSetAndTellsOfItOnce() {
        assertThat(slots()).isEqualTo(4);
        settings.write(Map.of(Jobs.QUEUE, 7));
        assertThat(slots()).isEqualTo(7);
        assertThat(slots()).isEqualTo(7);
        assertThat(told).hasValue(1);

        settings.write(Map.of());
        assertThat(slots()).isEqualTo(4);
        assertThat(told).hasValue(2);
    }

    @Test
    void staysAsItIsWhileRedisDoesNotKnow() {
        settings.write(Map.of(Jobs.QUEUE, 7));
        assertThat(slots()).isEqualTo(7);

        REDIS.empty();
        assertThat(slots()).isEqualTo(7);
        REDIS.get("SET", "mr:{ctl}:queue-slots", "mail=many");
        assertThat(slots()).isEqualTo(7);
    }
}
