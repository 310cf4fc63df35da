package dev.millrace.api.jobs.accept;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.catalog.queues.QueueDefaults;
import dev.millrace.api.catalog.tasks.KnownTasks;
import dev.millrace.api.catalog.tasks.TaskInfo;
import dev.millrace.api.http.json.StrictJson;
import dev.millrace.api.http.problem.Checked;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.api.record.job.NewJob;
import dev.millrace.job.ExecutionPolicy;
import dev.millrace.job.JobId;
import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import dev.millrace.json.Violation;
import dev.millrace.retry.RetryPolicy;
import dev.millrace.schedule.ScheduleKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IntakeTest {

    private static final TaskName TASK = new TaskName("mail.send");
    private static final QueueName OWN = new QueueName("mail");
    private static final QueueName BULK = new QueueName("bulk");

    private final Tasks tasks = new Tasks();
    private final Intake intake = new Intake(
            tasks,
            new Routes(List::of),
            queue -> QueueDefaults.PRIORITY,
            new JobIds(InstantSource.fixed(Instant.EPOCH), new Random(1)));

    @Test
    void sendsAJobToTheQueueOfItsTask() {
        NewJob job = accepted("");

        assertThat(job.spec().queue()).isEqualTo(OWN);
        assertThat(job.spec().tenant()).isEqualTo("acme");
        assertThat(job.details().maxAttempts()).isEqualTo(4);
    }

    @Test
    void sendsAJobToTheQueueThatItNames() {
        assertThat(accepted(",\"queue\":\"bulk\"").spec().queue()).isEqualTo(BULK);
    }

    @Test
    void carriesMetadataThatAreTextsAndTheTraceAsHeaders() {
        assertThat(accepted(",\"metadata\":{\"tier\":\"vip\",\"n\":1}").spec().headers())
                .isEqualTo(Map.of("tier", "vip", "traceparent", "00-trace"));
    }

    @Test
    void refusesATaskThatNobodyOffers() {
        assertThat(refusal("{\"task\":\"none\",\"payload\":1}").type()).isEqualTo(ProblemType.UNKNOWN_TASK);
    }

    @Test
    void refusesAQueueThatNobodyServes() {
        assertThat(refusal(body(",\"queue\":\"none\"")).type()).isEqualTo(ProblemType.UNKNOWN_QUEUE);
    }

    @Test
    void refusesAPayloadThatIsTooLarge() {
        String large = "{\"task\":\"mail.send\",\"payload\":\"" + "x".repeat(Intake.MAX_PAYLOAD_BYTES) + "\"}";

        assertThat(refusal(large).type()).isEqualTo(ProblemType.TOO_LARGE);
    }

    @Test
    void pointsIntoThePayloadThatDoesNotFit() {
        tasks.violations = List.of(new Violation("/to", "wrong"));

        Problem refusal = refusal(body(""));

        assertThat(refusal.type()).isEqualTo(ProblemType.PAYLOAD_INVALID);
        assertThat(refusal.errors()).extracting(Violation::pointer).containsExactly("/payload/to");
    }

    @Test
    void refusesASoftLimitThatDoesNotComeBeforeTheTasksLimit() {
        assertThat(refusal(body(",\"softTimeout\":\"PT1M\"")).errors())
                .extracting(Violation::pointer)
                .containsExactly("/softTimeout");
        assertThat(accepted(",\"softTimeout\":\"PT1M\",\"timeout\":\"PT2M\"")
                        .spec()
                        .policy()
                        .softTimeout())
                .isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void refusesMoreHeadersThanAJobCarries() {
        String metadata =
                IntStream.range(0, 256).mapToObj(i -> "\"m" + i + "\":\"\"").collect(Collectors.joining(","));

        assertThat(refusal(body(",\"metadata\":{" + metadata + "}")).errors())
                .extracting(Violation::pointer)
                .containsExactly("/metadata");
    }

    @Test
    void refusesTheJobOfAScheduleThatSaysWhatEachFireHasOfItsOwn() {
        Checked<NewJob> refused = ofSchedule(body(",\"delay\":\"PT1S\""));

        assertThat(refused.refusal().orElseThrow().errors())
                .extracting(Violation::pointer)
                .containsExactly("/delay");
    }

    @Test
    void noClientsBodyIsTakenForThatOfASchedule() {
        NewJob own = ofSchedule(body("")).orThrow();

        assertThat(own.details().scheduleId()).isEqualTo("daily");
        assertThat(own.body()).isNotEqualTo(accepted("").body());
    }

    @Test
    void checksTheChangesOfARequeueToo() {
        assertThat(intake.queue(new QueueName("none")).refusal()).isPresent();
        assertThat(intake.payload(TASK, StrictJson.read("{\"a\": 1}")).orThrow())
                .isEqualTo("{\"a\":1}");
        assertThat(intake.payload(new TaskName("gone"), StrictJson.read("1")).refusal())
                .isPresent();
    }

    private Checked<NewJob> ofSchedule(String body) {
        JobId id = intake.nextId();
        return intake.ofSchedule(new ScheduleKey("acme", "daily"), id, null, StrictJson.read(body));
    }

    private NewJob accepted(String more) {
        return intake.job("acme", "00-trace", StrictJson.read(body(more))).orThrow();
    }

    private Problem refusal(String body) {
        return intake.job("acme", "00-trace", StrictJson.read(body)).refusal().orElseThrow();
    }

    private static String body(String more) {
        return "{\"task\":\"mail.send\",\"payload\":{}" + more + "}";
    }

    /** One task, and two queues. */
    private static final class Tasks implements KnownTasks {

        private final TaskInfo task = new TaskInfo(
                TASK,
                OWN,
                "",
                StrictJson.read("{}"),
                StrictJson.read("{}"),
                new ExecutionPolicy(Duration.ofSeconds(30), null, RetryPolicy.DEFAULT),
                false,
                List.of());
        private List<Violation> violations = List.of();

        @Override
        public boolean isLoaded() {
            return true;
        }

        @Override
        public void requireLoaded() {}

        @Override
        public Optional<TaskInfo> find(TaskName name) {
            return name.equals(TASK) ? Optional.of(task) : Optional.empty();
        }

        @Override
        public boolean knowsQueue(QueueName queue) {
            return queue.equals(OWN) || queue.equals(BULK);
        }

        @Override
        public List<Violation> validate(TaskInfo of, JsonNode payload) {
            return violations;
        }
    }
}
