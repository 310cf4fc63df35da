package dev.millrace.scheduler.inbox;

import static dev.millrace.scheduler.ScheduleRig.every;
import static dev.millrace.scheduler.ScheduleRig.key;
import static dev.millrace.scheduler.ScheduleRig.plan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.job.EntryId;
import dev.millrace.schedule.FireAnswer;
import dev.millrace.schedule.FireReport;
import dev.millrace.schedule.Misfire;
import dev.millrace.schedule.Plan;
import dev.millrace.schedule.ScheduleCommand.Create;
import dev.millrace.schedule.ScheduleContent;
import dev.millrace.schedule.ScheduleEvent;
import dev.millrace.schedule.ScheduleEvent.Stands;
import dev.millrace.schedule.SchedulerMessage;
import dev.millrace.scheduler.ScheduleRig;
import dev.millrace.scheduler.SchedulerServers;
import dev.millrace.stream.entries.ScheduleCodec;
import dev.millrace.stream.entries.StreamEntry;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.groups.EntryWriter;
import dev.millrace.stream.groups.GroupReader;
import dev.millrace.testkit.MalformedEntries;
import dev.millrace.testkit.MalformedEntries.Entry;
import dev.millrace.testkit.StreamShape;
import dev.millrace.testkit.StreamShape.Value;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SchedulerServers.class)
class ScheduleInboxTest {

    private static final StreamShape COMMANDS = new StreamShape(
            Map.of(
                    "kind", "pause",
                    "command", "0192f3c1-0000-7000-8000-000000000001",
                    "tenant", "default",
                    "schedule", "tidy"),
            Map.of("kind", Value.WORD, "command", Value.UUID, "tenant", Value.NAME, "schedule", Value.NAME));

    @Inject
    Vertx vertx;

    @Inject
    Redis redis;

    private final String stream = "mr:{ctl}:schedules-" + UUID.randomUUID();
    private ScheduleRig rig;

    @BeforeEach
    void aRig() {
        rig = new ScheduleRig(vertx, redis);
    }

    @Test
    void doesWhatItIsToldAndTellsWhatCameOfIt() {
        Create create = create("tidy");
        write(create);
        inbox().workOnce();

        assertThat(rig.told())
                .singleElement()
                .isInstanceOfSatisfying(
                        Stands.class, stands -> assertThat(stands.command()).contains(create.id()));
        assertThat(pending()).isZero();
    }

    @Test
    void aSchedulerThatDiesWithACommandLeavesItToAnotherThatAnswersTheSame() {
        Create create = create("tidy");
        write(create);
        GroupReader dies = new GroupReader(rig.link(), stream, StreamNames.SCHEDULER, "scheduler-0");
        List<StreamEntry> left = dies.read(10, Duration.ofMillis(1));
        ScheduleEvent committed = rig.carryOut(create);
        assertThat(rig.told()).isEmpty();

        haveBeenSilentFor(left.getFirst().id(), Duration.ofSeconds(31));
        inbox().workOnce();

        assertThat(rig.told()).containsExactly(committed);
        assertThat(pending()).isZero();
    }

    @Test
    void writesDownAnswers() {
        rig.create("tidy", plan(every(60), new Misfire.Skip()));
        rig.clock.advance(Duration.ofMinutes(3));
        rig.fireAll();
        List<FireReport> sent = rig.sent();
        write(sent.stream().map(ScheduleRig::answer).toArray(SchedulerMessage[]::new));
        inbox().workOnce();

        assertThat(sent).hasSizeGreaterThan(1);
        assertThat(rig.unanswered()).isZero();
    }

    @Test
    void I27_answersThatPostgresDoesNotTakeHarmThemselvesOnly() {
        rig.create("tidy", plan(every(60), new Misfire.Skip()));
        rig.clock.advance(Duration.ofMinutes(1));
        rig.fireAll();
        FireAnswer healthy = ScheduleRig.answer(rig.sent().getFirst());
        write(
                new FireAnswer(key("tidy"), 1, Instant.MAX, FireReport.Outcome.FIRED),
                healthy,
                new FireAnswer(key("tidy"), Long.MIN_VALUE, Instant.MIN, FireReport.Outcome.FIRED));
        inbox().workOnce();

        assertThat(rig.unanswered()).isZero();
        assertThat(quarantined()).isEqualTo(2);
        assertThat(pending()).isZero();
    }

    @Test
    void I27_carriesOutTheNeighboursOfMalformedEntries() {
        List<Entry> malformed = MalformedEntries.of(COMMANDS, 27, 300);
        for (int i = 0; i < 3; i++) {
            MalformedEntries.add(rig.link(), stream, malformed.subList(100 * i, 100 * (i + 1)));
            write(create("neighbour-" + i));
        }
        ScheduleInbox inbox = inbox();
        IntStream.range(0, 5).forEach(turn -> inbox.workOnce());

        assertThat(rig.told())
                .filteredOn(Stands.class::isInstance)
                .extracting(event -> ((Stands) event).schedule().key().id())
                .containsExactly("neighbour-0", "neighbour-1", "neighbour-2");
        assertThat(quarantined()).isEqualTo(300);
        assertThat(pending()).isZero();
    }

    @Test
    void whoeverSentAnUnknownCommandIsToldSo() {
        UUID id = UUID.randomUUID();
        new EntryWriter(rig.link(), stream).write(List.of(List.of("kind", "rename", "command", id.toString())));
        inbox().workOnce();

        assertThat(rig.told()).containsExactly(new ScheduleEvent.Refused(id, ScheduleEvent.Reason.INVALID));
    }

    private ScheduleInbox inbox() {
        return new ScheduleInbox(rig.member("scheduler-1"), stream, rig.commands(), rig.answers(), rig.event());
    }

    private void haveBeenSilentFor(EntryId entry, Duration silence) {
        Request claim = Request.cmd(Command.XCLAIM)
                .arg(stream)
                .arg(StreamNames.SCHEDULER)
                .arg("scheduler-0")
                .arg(0);
        rig.link().call(claim.arg(entry.toString()).arg("IDLE").arg(silence.toMillis()));
    }

    private static Create create(String id) {
        return new Create(UUID.randomUUID(), key(id), new ScheduleContent(Plan.of(every(60)), ScheduleRig.JOB, false));
    }

    private void write(SchedulerMessage... told) {
        new EntryWriter(rig.link(), stream)
                .write(List.of(told).stream().map(ScheduleCodec::encode).toList());
    }

    private long quarantined() {
        return rig.count("select count(*) from scheduler.quarantine");
    }

    private long pending() {
        return Optional.ofNullable(rig.link()
                        .call(Request.cmd(Command.XPENDING).arg(stream).arg(StreamNames.SCHEDULER)))
                .map(summary -> Objects.requireNonNull(summary.get(0)).toLong())
                .orElseThrow();
    }
}
