package dev.millrace.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HalvingTest {

    private final List<Integer> done = new ArrayList<>();
    private final List<Integer> refused = new ArrayList<>();
    private int calls;

    @Test
    void doesAllAtOnceWhereNothingIsRefused() {
        run(8, Set.of());
        assertThat(calls).isEqualTo(1);
        assertThat(done).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void refusesEachBadOneAloneAndKeepsTheOrderOfTheOthers() {
        run(9, Set.of(0, 4, 8));
        assertThat(done).containsExactly(1, 2, 3, 5, 6, 7);
        assertThat(refused).containsExactly(0, 4, 8);
    }

    @Test
    void findsOneAmongAThousandInTwoCallsAHalf() {
        run(1_000, Set.of(617));
        assertThat(refused).containsExactly(617);
        assertThat(calls).isLessThanOrEqualTo(21);
    }

    @Test
    void doesNotCallForNothing() {
        run(0, Set.of());
        assertThat(calls).isZero();
    }

    @Test
    void throwsOnWhatIsNoRefusal() {
        assertThatThrownBy(() -> Halving.run(
                        List.of(1, 2),
                        Unprocessable.class,
                        items -> {
                            calls++;
                            throw new IllegalStateException("away");
                        },
                        (item, why) -> refused.add(item)))
                .hasMessage("away");
        assertThat(calls).isEqualTo(1);
        assertThat(refused).isEmpty();
    }

    private void run(int items, Set<Integer> bad) {
        Halving.run(
                IntStream.range(0, items).boxed().toList(),
                Unprocessable.class,
                some -> act(some, bad),
                (item, why) -> refused.add(item));
    }

    private void act(List<Integer> items, Set<Integer> bad) {
        calls++;
        if (items.stream().anyMatch(bad::contains)) {
            throw new Unprocessable("bad", new IllegalArgumentException());
        }
        done.addAll(items);
    }
}
