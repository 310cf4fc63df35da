package dev.millrace.worker.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.job.JobId;
import dev.millrace.task.JobOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OrdersTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JobId PARENT = JobId.parse("0192f3c1-0000-7000-8000-00000000000a");

    private final List<String> flushed = new ArrayList<>();
    private boolean redisIsAway;
    private final Orders orders = new Orders(PARENT, this::flush);

    private boolean flush(String some) {
        flushed.add(some);
        return !redisIsAway;
    }

    public record Mail(String to, Instant at) {}

    @Test
    void writesWhatWasOrderedAsAListInItsOrder() {
        orders.add(JobOrder.of("email.send", new Mail("a@b.c", Instant.EPOCH)).key("user-17"));
        orders.add(JobOrder.of("demo.echo", null));

        assertThat(orders.close())
                .isEqualTo("[{\"key\":\"user-17\",\"job\":{\"task\":\"email.send\",\"payload\":"
                        + "{\"to\":\"a@b.c\",\"at\":\"1970-01-01T00:00:00Z\"}}},"
                        + "{\"key\":\"#2\",\"job\":{\"task\":\"demo.echo\",\"payload\":null}}]");
    }

    @Test
    void writesOptionsAsTheApiTakesThem() throws JsonProcessingException {
        orders.add(JobOrder.of("t", 1)
                .queue("q")
                .priority(9)
                .runAt(Instant.EPOCH)
                .delay(Duration.ofMinutes(5))
                .ttl(Duration.ofHours(1))
                .timeout(Duration.ofSeconds(30))
                .softTimeout(Duration.ofSeconds(20))
                .maxAttempts(3)
                .backoff(Duration.ofSeconds(1), Duration.ofMinutes(1))
                .tags("vip")
                .metadata(Map.of("order", "7"))
                .ignoreResult()
                .resultTtl(Duration.ofHours(2)));

        assertThat(JSON.readTree(orders.close())).isEqualTo(JSON.readTree("""
                        [{"key":"#1","job":{"task":"t","payload":1,"queue":"q","priority":9,"delay":"PT5M","ttl":"PT1H",
                        "timeout":"PT30S","softTimeout":"PT20S","retry":{"maxAttempts":3,"backoff":
                        {"base":"PT1S","max":"PT1M","type":"exponential"}},"tags":["vip"],"metadata":{"order":"7"},
                        "ignoreResult":true,"resultTtl":"PT2H"}}]"""));
    }

    @Test
    void W14_namesTheSameJobInEveryRun() {
        JobOrder order = JobOrder.of("t", 1);
        JobId first = orders.add(order);
        JobId keyed = orders.add(order.key("k"));

        Orders again = new Orders(PARENT, this::flush);
        assertThat(again.add(JobOrder.of("t", 2))).isEqualTo(first);
        assertThat(again.add(order.key("k"))).isEqualTo(keyed).isNotEqualTo(first);
        assertThat(new Orders(first, this::flush).add(order)).isNotEqualTo(first);
    }

    @Test
    void W14_ordersOnceUnderOneKey() {
        JobId first = orders.add(JobOrder.of("t", 1).key("k"));

        assertThat(orders.add(JobOrder.of("t", 2).key("k"))).isEqualTo(first);

        assertThat(orders.close()).isEqualTo("[{\"key\":\"k\",\"job\":{\"task\":\"t\",\"payload\":1}}]");
    }

    @Test
    void saysNothingWhereNothingWasOrdered() {
        assertThat(orders.close()).isNull();
    }

    @Test
    void takesAThousandOrdersAndNoMore() {
        for (int i = 0; i < 1_000; i++) {
            orders.add(JobOrder.of("t", i));
        }

        assertThatThrownBy(() -> orders.add(JobOrder.of("t", 0)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("at most 1,000 jobs");
    }

    @Test
    void takesAQuarterOfAMebibyteAndNoMore() {
        orders.add(JobOrder.of("t", "x".repeat(200 * 1024)));

        assertThatThrownBy(() -> orders.add(JobOrder.of("t", "x".repeat(60 * 1024))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("262,144 bytes");
        orders.add(JobOrder.of("t", "x".repeat(50 * 1024)));

        assertThat(String.valueOf(orders.close()).length()).isLessThanOrEqualTo(256 * 1024);
    }

    @Test
    void refusesWhatNoStoreTakes() {
        for (Object bad : List.of("a\0b", "\ud800", new Object[] {new Endless()})) {
            assertThatThrownBy(() -> orders.add(JobOrder.of("t", bad))).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> orders.add(JobOrder.of("t", new Endless()))).isInstanceOf(OrderRefused.class);
        assertThat(orders.close()).isNull();
    }

    public static final class Endless {

        public Endless getSelf() {
            return this;
        }
    }

    @Test
    void refusesOrdersOnceTheTaskHasReturned() {
        orders.close();

        assertThatThrownBy(() -> orders.add(JobOrder.of("t", 1))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void flushesWhatWasNotFlushedBeforeAndTellsOfAllAtTheEnd() {
        orders.add(JobOrder.of("t", 1));
        orders.flush();
        orders.flush();
        orders.add(JobOrder.of("t", 2));
        redisIsAway = true;
        orders.flush();
        redisIsAway = false;
        orders.flush();

        String first = "{\"key\":\"#1\",\"job\":{\"task\":\"t\",\"payload\":1}}";
        String second = "{\"key\":\"#2\",\"job\":{\"task\":\"t\",\"payload\":2}}";
        assertThat(flushed).containsExactly("[" + first + "]", "[" + second + "]", "[" + second + "]");
        assertThat(orders.close()).isEqualTo("[" + first + "," + second + "]");
        assertThatThrownBy(orders::flush).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void keysAreNoPlaces() {
        for (String bad : List.of("", "#1", "k".repeat(256))) {
            assertThatThrownBy(() -> JobOrder.of("t", 1).key(bad)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
