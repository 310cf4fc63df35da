package dev.millrace.worker.tasks.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.millrace.worker.tasks.RecordingContext;
import dev.millrace.worker.tasks.RecordingContext.Progress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DemoTasksTest {

    private final ObjectMapper json = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS);
    private final RecordingContext context = RecordingContext.ofAttempt(1);
    private final AtomicInteger crashes = new AtomicInteger();

    @Test
    void echoesAnyJson() throws Exception {
        for (String text : List.of("{\"value\":{\"a\":[1,null,\"x\"]}}", "{\"value\":null}", "{\"value\":3.10}")) {
            assertThat(json.writeValueAsString(new EchoTask().echo(json.readValue(text, Echo.class))))
                    .isEqualTo(text.replace("3.10", "3.1"));
        }
        assertThat(json.readValue("{}", Echo.class).value()).isNotNull();
    }

    @Test
    void sleepsInStepsThatAddUpAndReportsEach() throws Exception {
        var slept = new SleepTask().sleep(json.readValue("{\"duration\":\"PT2S\",\"steps\":3}", Sleep.class), context);

        assertThat(json.writeValueAsString(slept)).isEqualTo("{\"slept\":\"PT2S\"}");
        assertThat(context.sleeps()).hasSize(3);
        assertThat(context.sleeps().stream().reduce(Duration.ZERO, Duration::plus))
                .isEqualTo(Duration.ofSeconds(2));
        assertThat(context.reports()).extracting(Progress::current).containsExactly(0L, 1L, 2L, 3L);
        assertThat(context.reports()).extracting(Progress::total).containsOnly(3L);
    }

    @Test
    void sleepsInTenStepsUnlessTold() throws Exception {
        new SleepTask().sleep(new Sleep(Duration.ZERO, null), context);

        assertThat(context.sleeps()).hasSize(10);
    }

    @Test
    void failsTheFirstAttemptsThenSucceeds() throws Exception {
        var payload = json.readValue("{\"message\":\"broken\",\"times\":2}", Fail.class);

        assertThatThrownBy(() -> fail(payload, 2))
                .isInstanceOf(RetryableDemoFailure.class)
                .hasMessage("broken");
        assertThat(fail(payload, 3)).isEqualTo(new AttemptCount(3));
    }

    @Test
    void failsInTheWayItIsTold() throws Exception {
        assertThatThrownBy(() -> fail(json.readValue("{\"message\":\"m\",\"kind\":\"permanent\"}", Fail.class), 99))
                .isInstanceOf(PermanentDemoFailure.class);
        fail(json.readValue("{\"message\":\"m\",\"kind\":\"crash\"}", Fail.class), 1);
        assertThat(crashes).hasValue(1);
        new FailTask(crashes::incrementAndGet)
                .fail(json.readValue("{\"message\":\"m\",\"kind\":\"timeout\"}", Fail.class), context);
        assertThat(context.sleeps()).containsExactly(Duration.ofDays(365));
    }

    @Test
    void refusesPayloadsThatMakeNoSense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Sleep(Duration.ofSeconds(-1), 1))
                .withMessageContaining("PT-1S");
        assertThatIllegalArgumentException().isThrownBy(() -> new Sleep(Duration.ofHours(25), 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Sleep(Duration.ZERO, 0))
                .withMessageContaining("steps is 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Fail("m", -1, null))
                .withMessageContaining("times is -1");
        assertThatThrownBy(() -> json.readValue("{}", Sleep.class)).hasMessageContaining("duration is null");
        assertThatThrownBy(() -> json.readValue("{}", Fail.class)).hasMessageContaining("message is missing");
    }

    private AttemptCount fail(Fail payload, int attempt) throws InterruptedException {
        return new FailTask(crashes::incrementAndGet).fail(payload, RecordingContext.ofAttempt(attempt));
    }

    @Test
    void ordersJobsThatEchoANumberEach() throws Exception {
        Ordered ordered = new OrderTask().order(json.readValue("{\"jobs\":2}", OrderJobs.class), context);

        assertThat(ordered.jobs()).isEqualTo(2);
        assertThat(context.orders())
                .extracting(order -> order.key().orElseThrow())
                .containsExactly("echo-1", "echo-2");
        assertThat(context.orders().getLast().job())
                .containsEntry("task", "demo.echo")
                .containsEntry("payload", new Echo(IntNode.valueOf(2)));
    }

    @Test
    void failsBehindItsOrdersIfItIsTold() {
        assertThatThrownBy(() -> new OrderTask().order(new OrderJobs(1, true), context))
                .isInstanceOf(PermanentDemoFailure.class);
        assertThat(context.orders()).hasSize(1);
    }
}
