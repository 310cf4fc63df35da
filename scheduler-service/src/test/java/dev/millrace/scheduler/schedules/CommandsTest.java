package dev.millrace.scheduler.schedules;

import static dev.millrace.scheduler.ScheduleRig.START;
import static dev.millrace.scheduler.ScheduleRig.every;
import static dev.millrace.scheduler.ScheduleRig.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.schedule.Plan;
import dev.millrace.schedule.Schedule;
import dev.millrace.schedule.ScheduleCommand;
import dev.millrace.schedule.ScheduleCommand.Create;
import dev.millrace.schedule.ScheduleCommand.Pause;
import dev.millrace.schedule.ScheduleCommand.Remove;
import dev.millrace.schedule.ScheduleCommand.Resume;
import dev.millrace.schedule.ScheduleContent;
import dev.millrace.schedule.ScheduleEvent;
import dev.millrace.schedule.ScheduleEvent.Refused;
import dev.millrace.schedule.ScheduleEvent.Removed;
import dev.millrace.schedule.ScheduleEvent.Stands;
import dev.millrace.scheduler.ScheduleRig;
import dev.millrace.scheduler.SchedulerServers;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SchedulerServers.class)
class CommandsTest {

    private static final ScheduleContent EACH_MINUTE = content(60);

    @Inject
    Vertx vertx;

    @Inject
    Redis redis;

    private ScheduleRig rig;

    @BeforeEach
    void aRig() {
        rig = new ScheduleRig(vertx, redis);
    }

    @Test
    void createsASchedule() {
        Schedule made = status(rig.create("tidy", EACH_MINUTE));

        assertThat(made.content()).isEqualTo(EACH_MINUTE);
        assertThat(made.source()).isEqualTo(Schedule.Source.API);
        assertThat(made.createdAt()).isEqualTo(START);
        assertThat(made.version()).isEqualTo(made.generation());
    }

    @Test
    void answersACommandThatComesAgainAsBeforeThoughOthersCameBetween() {
        Create create = new Create(UUID.randomUUID(), key("tidy"), EACH_MINUTE);
        ScheduleEvent first = rig.carryOut(create);
        rig.put("tidy", content(120));

        assertThat(rig.carryOut(create)).isEqualTo(first);
        assertThat(rig.count("select count(*) from scheduler.schedule")).isEqualTo(1);
    }

    /** As many schedulers as there are threads, which are given the same commands at once. */
    @Test
    void carriesOutACommandOnceWhoeverIsGivenIt() {
        List<Create> creates = IntStream.range(0, 20)
                .mapToObj(number -> new Create(UUID.randomUUID(), key("tidy-" + number), EACH_MINUTE))
                .toList();
        Set<ScheduleEvent> answers = ConcurrentHashMap.newKeySet();

        IntStream.range(0, 4)
                .mapToObj(scheduler ->
                        Thread.ofVirtual().start(() -> creates.forEach(create -> answers.add(rig.carryOut(create)))))
                .toList()
                .forEach(CommandsTest::join);

        assertThat(answers).hasSize(20).allMatch(Stands.class::isInstance);
    }

    @Test
    void letsOneOfManyMakeAKey() {
        List<ScheduleEvent> answers = IntStream.range(0, 8)
                .parallel()
                .mapToObj(number -> rig.create("tidy", EACH_MINUTE))
                .toList();

        assertThat(answers).filteredOn(Stands.class::isInstance).hasSize(1);
        assertThat(answers)
                .filteredOn(Refused.class::isInstance)
                .extracting(event -> ((Refused) event).reason())
                .hasSize(7)
                .containsOnly(ScheduleEvent.Reason.EXISTS);
    }

    @Test
    void versionsAndGenerationsOnlyGrowAlsoOverARemovedSchedule() {
        Schedule first = status(rig.create("tidy", EACH_MINUTE));
        Removed removed = (Removed) rig.carryOut(remove("tidy"));
        Schedule second = status(rig.create("tidy", EACH_MINUTE));

        assertThat(removed.version()).isGreaterThan(first.version());
        assertThat(removed.generation()).isEqualTo(first.generation());
        assertThat(second.version()).isGreaterThan(removed.version());
        assertThat(second.generation()).isGreaterThan(first.generation());
        assertThat(rig.carryOut(new Pause(UUID.randomUUID(), key("none"))))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(ScheduleEvent.Reason.UNKNOWN));
    }

    @Test
    void leavesTheVersionOfWhatIsPutAsItIs() {
        Schedule made = status(rig.create("tidy", EACH_MINUTE));

        assertThat(status(rig.put("tidy", EACH_MINUTE)).version()).isEqualTo(made.version());
        assertThat(status(rig.put("tidy", content(61))).version()).isGreaterThan(made.version());
    }

    @Test
    void whatPassesWhilePausedIsNotMissed() {
        rig.create("tidy", EACH_MINUTE);
        Schedule paused = status(rig.carryOut(new Pause(UUID.randomUUID(), key("tidy"))));
        assertThat(paused.content().paused()).isTrue();

        rig.clock.advance(Duration.ofMinutes(10));
        rig.fireAll();
        rig.carryOut(new Resume(UUID.randomUUID(), key("tidy")));
        rig.fireAll();
        assertThat(rig.sent()).isEmpty();

        rig.clock.advance(Duration.ofMinutes(1));
        rig.fireAll();
        assertThat(rig.fired("tidy")).containsExactly(START.plusSeconds(660));
    }

    @Test
    void aPlanThatChangesFiresNothingOfThePast() {
        rig.create("tidy", EACH_MINUTE);
        rig.clock.advance(Duration.ofMinutes(30));
        rig.put("tidy", content(7));
        rig.fireAll();
        assertThat(rig.sent()).isEmpty();

        rig.clock.advance(Duration.ofSeconds(7));
        rig.fireAll();
        assertThat(rig.fired("tidy")).containsExactly(START.plusSeconds(1_806));
    }

    @Test
    void aJobThatChangesTakesNoTickAway() {
        rig.create("tidy", EACH_MINUTE);
        rig.clock.advance(Duration.ofSeconds(61));
        rig.put("tidy", new ScheduleContent(EACH_MINUTE.plan(), "{\"task\":\"demo.sleep\"}", false));
        rig.fireAll();

        assertThat(rig.fired("tidy")).containsExactly(START.plusSeconds(60));
        assertThat(rig.sent().getFirst().job()).contains("demo.sleep");
    }

    @Test
    void aRemovedScheduleFiresNoMore() {
        rig.create("tidy", EACH_MINUTE);
        rig.carryOut(remove("tidy"));
        rig.clock.advance(Duration.ofHours(1));
        rig.fireAll();

        assertThat(rig.sent()).isEmpty();
    }

    private static Schedule status(ScheduleEvent event) {
        return ((Stands) event).schedule();
    }

    private static ScheduleCommand remove(String id) {
        return new Remove(UUID.randomUUID(), key(id), OptionalLong.empty());
    }

    private static ScheduleContent content(int seconds) {
        return new ScheduleContent(Plan.of(every(seconds)), ScheduleRig.JOB, false);
    }

    private static void join(Thread thread) {
        try {
            assertThat(thread.join(Duration.ofSeconds(20))).isTrue();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
