package dev.millrace.worker.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.fleet.WorkerEvent.TaskOffered;
import dev.millrace.job.ExecutionPolicy;
import dev.millrace.job.PolicyOverride;
import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import dev.millrace.retry.BackoffType;
import dev.millrace.retry.Jitter;
import dev.millrace.retry.RetryOverride;
import dev.millrace.task.TaskContext;
import dev.millrace.worker.registry.SampleTasks.Mail;
import dev.millrace.worker.registry.SampleTasks.Sent;
import dev.millrace.worker.tasks.RecordingContext;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class TaskRegistryTest {

    private static final TaskContext CONTEXT = RecordingContext.ofAttempt(1);
    private static final String MAIL = "{\"to\":\"a@b.c\",\"copies\":1,\"attachments\":[],\"weights\":{}}";

    @Inject
    TaskRegistry registry;

    @Inject
    TaskOffers offers;

    @Test
    void findsTasksOfABeanWithoutAScope() {
        assertThat(registry.all())
                .extracting(task -> task.name().value())
                .contains(
                        "sample.anything",
                        "sample.broken",
                        "sample.count",
                        "sample.later",
                        "sample.mail",
                        "sample.nothing",
                        "sample.wrapped")
                .isSorted();
        assertThat(registry.find(new TaskName("sample.unknown"))).isEmpty();
    }

    @Test
    void knowsWhatTheAnnotationSays() {
        TaskDefinition mail = task("sample.mail");
        assertThat(mail.queue()).isEqualTo(new QueueName("mail"));
        RetryOverride retry =
                new RetryOverride(7, BackoffType.FIXED, Duration.ofSeconds(2), 1.5, Duration.ofMinutes(1), Jitter.NONE);
        assertThat(mail.policy()).isEqualTo(new PolicyOverride(Duration.ofSeconds(90), Duration.ofSeconds(80), retry));
        assertThat(mail.retryTypes())
                .isEqualTo(new RetryTypes(
                        List.of(IOException.class, IllegalStateException.class), List.of(FileNotFoundException.class)));
        assertThat(mail.description()).isEqualTo("Sends nothing.");
        assertThat(mail.idempotent()).isFalse();
        assertThat(mail.payloadType().getRawClass()).isEqualTo(Mail.class);
        assertThat(mail.resultType().getRawClass()).isEqualTo(Sent.class);
    }

    @Test
    void knowsItsDefaults() {
        TaskDefinition later = task("sample.later");
        assertThat(later.queue()).isEqualTo(new QueueName("default"));
        assertThat(later.policy()).isEqualTo(PolicyOverride.NONE);
        assertThat(later.retryTypes()).isEqualTo(RetryTypes.ALL);
        assertThat(later.description()).isEmpty();
        assertThat(later.idempotent()).isTrue();
    }

    @Test
    void keepsTypeArgumentsOfResults() {
        assertThat(task("sample.later").resultType().toCanonical())
                .isEqualTo("java.util.List<" + Sent.class.getName() + ">");
        assertThat(task("sample.nothing").resultType().getRawClass()).isEqualTo(Void.class);
        assertThat(task("sample.count").resultType().getRawClass()).isEqualTo(Integer.class);
        assertThat(task("sample.wrapped").resultType().getContentType().getRawClass())
                .isEqualTo(SampleTasks.Anything.class);
    }

    @Test
    void callsATaskWithItsPayloadAndContext() throws Throwable {
        TaskDefinition mail = task("sample.mail");
        Object result = mail.invoke(mail.decode(MAIL), CONTEXT);
        assertThat(mail.encode(result))
                .isEqualTo("{\"id\":\"00000000-0000-0000-0000-000000000001\",\"at\":\"1970-01-01T00:00:00Z\","
                        + "\"note\":\"a@b.c\"}");
    }

    @Test
    void handsOutAUniAsItIs() throws Throwable {
        TaskDefinition later = task("sample.later");
        assertThat(later.invoke(later.decode(MAIL), CONTEXT)).isInstanceOf(Uni.class);
        assertThat(later.encode(List.of())).isEqualTo("[]");
    }

    @Test
    void encodesNothingAsNull() throws Throwable {
        TaskDefinition nothing = task("sample.nothing");
        assertThat(nothing.encode(null)).isEqualTo("null");
    }

    @Test
    void callsATaskThatTakesAndGivesAnyJson() throws Throwable {
        TaskDefinition anything = task("sample.anything");
        Object result = anything.invoke(anything.decode("{\"a\":[1.10,null]}"), CONTEXT);
        assertThat(result).isInstanceOf(JsonNode.class);
        assertThat(anything.encode(result)).isEqualTo("{\"a\":[1.10,null]}");
    }

    @Test
    void encodesMapsOfRecords() throws Throwable {
        TaskDefinition wrapped = task("sample.wrapped");
        Object result = wrapped.invoke(wrapped.decode("{\"value\":{\"b\":2}}"), CONTEXT);
        assertThat(wrapped.encode(result)).isEqualTo("{\"it\":{\"value\":{\"b\":2}}}");
    }

    @Test
    void letsWhatATaskThrowsThroughUnwrapped() {
        TaskDefinition broken = task("sample.broken");
        assertThatThrownBy(() -> broken.invoke(broken.decode("{\"value\":1}"), CONTEXT))
                .isInstanceOf(IOException.class)
                .hasMessage("broken on purpose");
    }

    @Test
    void refusesAResultThatIsNoJson() {
        TaskDefinition count = task("sample.count");
        assertThatThrownBy(() -> count.encode(Map.of(new Object(), new Thread())))
                .isInstanceOf(ResultRefused.class)
                .hasMessage("The result cannot be written as JSON of type java.lang.Integer.");
    }

    @Test
    void offersEveryTaskToTheFleet() {
        assertThat(offers.of("w1", task -> task.policy().over(ExecutionPolicy.DEFAULT)))
                .filteredOn(offer -> offer.task().value().equals("sample.count"))
                .singleElement()
                .extracting(TaskOffered::worker, TaskOffered::policy, TaskOffered::idempotent)
                .containsExactly("w1", ExecutionPolicy.DEFAULT, true);
        assertThat(offers.of("w1", task -> ExecutionPolicy.DEFAULT)).hasSameSizeAs(registry.all());
    }

    private TaskDefinition task(String name) {
        return registry.find(new TaskName(name)).orElseThrow();
    }
}
