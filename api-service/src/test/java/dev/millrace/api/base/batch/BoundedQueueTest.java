package dev.millrace.api.base.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Of texts, whose size is their length; each weighs as much. */
class BoundedQueueTest {

    private final BoundedQueue<String> queue = new BoundedQueue<>(4, 10, String::length);

    @Test
    void takesWhatFitsTogetherInTheOrderOfOffers() throws InterruptedException {
        List.of("aa", "b", "ccc", "d").forEach(queue::offer);

        assertThat(taken(5)).containsExactly("aa", "b");
        assertThat(taken(5)).containsExactly("ccc", "d");
        assertThat(taken(5)).isEmpty();
    }

    @Test
    void takesOneThatIsHeavierThanABatchAlone() throws InterruptedException {
        List.of("aaaaaaa", "b").forEach(queue::offer);

        assertThat(taken(5)).containsExactly("aaaaaaa");
        assertThat(taken(5)).containsExactly("b");
    }

    @Test
    void refusesWhatIsTooMuchOrTooManyUntilThereIsRoom() throws InterruptedException {
        assertThat(queue.offer("aaaaaaaa")).isTrue();
        assertThat(queue.offer("bbb")).as("11 in all").isFalse();
        assertThat(queue.offer("bb")).isTrue();
        assertThat(taken(100)).containsExactly("aaaaaaaa", "bb");

        for (int i = 0; i < 4; i++) {
            assertThat(queue.offer("c")).isTrue();
        }
        assertThat(queue.offer("c")).as("the fifth").isFalse();
        assertThat(taken(1)).hasSize(1);
        assertThat(queue.offer("d")).isTrue();
    }

    @Test
    void hasRoomAgainAfterItWasCleared() throws InterruptedException {
        queue.offer("aaaaaaaaaa");
        queue.clear();

        assertThat(queue.offer("bbbbbbbbbb")).isTrue();
        assertThat(taken(1)).containsExactly("bbbbbbbbbb");
    }

    private List<String> taken(int weight) throws InterruptedException {
        return queue.take(Duration.ofMillis(1), weight, String::length);
    }
}
