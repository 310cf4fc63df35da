package dev.millrace.worker.take;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.TestTime;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class PrefetchTest {

    private final TestTime time = new TestTime();
    private final Prefetch prefetch = new Prefetch(OptionalInt.empty(), time.time());

    @Test
    void doublesUpTo250WhileAllThatWaitedHaveSlotsWithin10MillisecondsOfATakeThatLeftMore() {
        assertThat(prefetch.most()).isEqualTo(4);
        lastOneStartsAfter(9, true);
        assertThat(prefetch.most()).isEqualTo(8);
        for (int take = 0; take < 10; take++) {
            lastOneStartsAfter(1, true);
        }
        assertThat(prefetch.most()).isEqualTo(250);
    }

    @Test
    void staysWhileOthersWaitOnOrTheQueueIsEmptyOrTheyTookLonger() {
        prefetch.taken(true);
        prefetch.started(time.time().reading(), 1);
        lastOneStartsAfter(1, false);
        lastOneStartsAfter(10, true);
        lastOneStartsAfter(99, true);
        assertThat(prefetch.most()).isEqualTo(4);
    }

    @Test
    void halvesDownToOneWhileOneWaits100Milliseconds() {
        lastOneStartsAfter(100, true);
        assertThat(prefetch.most()).isEqualTo(2);
        lastOneStartsAfter(100, false);
        lastOneStartsAfter(500, false);
        assertThat(prefetch.most()).isEqualTo(1);
        lastOneStartsAfter(1, true);
        assertThat(prefetch.most()).isEqualTo(2);
    }

    @Test
    void changesOnceForATake() {
        long taken = time.time().reading();
        prefetch.taken(true);
        time.advance(Duration.ofMillis(200));
        prefetch.started(taken, 2);
        prefetch.started(taken, 1);
        assertThat(prefetch.most()).isEqualTo(2);
    }

    @Test
    void staysAsItIsSet() {
        Prefetch set = new Prefetch(OptionalInt.of(0), time.time());
        set.taken(true);
        set.started(time.time().reading(), 0);
        assertThat(set.most()).isZero();
        assertThat(set.mostAbandoned()).isEqualTo(1);
        assertThat(prefetch.mostAbandoned()).isEqualTo(4);
    }

    private void lastOneStartsAfter(long millis, boolean leftMore) {
        long taken = time.time().reading();
        prefetch.taken(leftMore);
        time.advance(Duration.ofMillis(millis));
        prefetch.started(taken, 0);
    }
}
