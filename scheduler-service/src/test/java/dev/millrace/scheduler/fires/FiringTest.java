package dev.millrace.scheduler.fires;

import static dev.millrace.scheduler.ScheduleRig.START;
import static dev.millrace.scheduler.ScheduleRig.every;
import static dev.millrace.scheduler.ScheduleRig.plan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.schedule.FireReport;
import dev.millrace.schedule.Misfire;
import dev.millrace.schedule.Overlap;
import dev.millrace.schedule.Plan;
import dev.millrace.schedule.trigger.Once;
import dev.millrace.scheduler.ScheduleRig;
import dev.millrace.scheduler.SchedulerServers;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.groups.GroupReader;
import dev.millrace.stream.redis.StreamsUnavailable;
import dev.millrace.testkit.Awaiting;
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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SchedulerServers.class)
class FiringTest {

    private static final Misfire ALL = new Misfire.FireAll(10_000);

    @Inject
    Vertx vertx;

    @Inject
    Redis redis;

    private ScheduleRig rig;

    @BeforeEach
    void aRig() {
        rig = new ScheduleRig(vertx, redis);
    }

    /** Three schedulers at 50 schedules of each second, for two minutes of a clock that runs as fast as they follow. */
    @Test
    void I21_threeSchedulersFireEachTickOnceAndMissNone() {
        IntStream.range(0, 50).forEach(number -> rig.create("each-" + number, plan(every(1), ALL)));
        AtomicBoolean over = new AtomicBoolean();
        List<Thread> schedulers = Stream.generate(rig::firing)
                .limit(3)
                .map(firing -> Thread.ofVirtual().start(() -> {
                    while (!over.get()) {
                        firing.fireOnce();
                    }
                }))
                .toList();

        for (int i = 0; i < 240; i++) {
            rig.clock.advance(Duration.ofMillis(500));
            if (i % 20 == 0) {
                Awaiting.until("nothing is due", () -> due() == 0);
            }
        }
        Awaiting.until("nothing is due", () -> due() == 0);
        over.set(true);
        schedulers.forEach(FiringTest::join);

        Map<String, List<Instant>> fired = rig.sent().stream()
                .collect(Collectors.groupingBy(
                        report -> report.key().id(), Collectors.mapping(FireReport::at, Collectors.toList())));
        assertThat(fired).hasSize(50);
        // A scheduler sends after its commit: another's next round may be sent before.
        fired.values().forEach(ticks -> assertThat(ticks).containsExactlyInAnyOrderElementsOf(seconds(1, 120)));
    }

    @Test
    void I21_whatASchedulerCommittedBeforeItDiedIsSentByAnother() {
        rig.create("tidy", plan(every(60), ALL));
        rig.clock.advance(Duration.ofSeconds(60));
        rig.firingThatDies(vertx).fireOnce();
        assertThat(rig.sent()).isEmpty();

        rig.resender().resendOnce();
        assertThat(rig.sent()).as("before its time").isEmpty();
        rig.clock.advance(Duration.ofSeconds(2));
        rig.resender().resendOnce();
        assertThat(rig.fired("tidy")).containsExactly(START.plusSeconds(60));
    }

    @Test
    void I21_aReportIsSentEverMoreSeldomUntilItIsAnswered() {
        rig.create("tidy", Plan.of(new Once(START.plusSeconds(60))));
        rig.clock.advance(Duration.ofSeconds(60));
        rig.firing().fireOnce();
        GroupReader api = new GroupReader(rig.link(), rig.submit, StreamNames.API, "api-1");
        for (int i = 0; i < 100; i++) {
            rig.clock.advance(Duration.ofSeconds(2));
            rig.resender().resendOnce();
            api.read(1_000, Duration.ofMillis(1));
        }
        assertThat(rig.fired("tidy")).as("sent at 0 2 6 14 30 62 122 182").hasSize(8);

        rig.answers().keep(List.of(ScheduleRig.answer(rig.sent().getFirst())));
        rig.clock.advance(Duration.ofHours(1));
        rig.resender().resendOnce();
        assertThat(rig.fired("tidy")).hasSize(8);
    }

    @Test
    void anAnswerThatComesTwiceCountsOnce() {
        rig.create("tidy", plan(every(60), ALL));
        rig.clock.advance(Duration.ofSeconds(60));
        rig.firing().fireOnce();
        assertThat(rig.unanswered()).isEqualTo(1);

        FireReport report = rig.sent().getFirst();
        rig.answers().keep(List.of(ScheduleRig.answer(report), ScheduleRig.answer(report)));
        rig.answers().keep(List.of(ScheduleRig.answer(report)));

        assertThat(rig.unanswered()).isZero();
        assertThat(rig.meters
                        .counter("millrace_schedule_answers", "outcome", "fired")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void roundsSendByThemselvesAgainOnceTheSweepHasFoundRedis() {
        rig.create("tidy", plan(every(60), ALL));
        SchedulerServers.server().kill();
        rig.clock.advance(Duration.ofSeconds(60));
        rig.firing().fireOnce();
        SchedulerServers.server().restart();

        rig.clock.advance(Duration.ofSeconds(2));
        Awaiting.until("the resender finds Redis", this::resent);
        rig.clock.advance(Duration.ofSeconds(58));
        rig.firing().fireOnce();
        assertThat(rig.fired("tidy")).contains(START.plusSeconds(60), START.plusSeconds(120));
    }

    private boolean resent() {
        try {
            rig.resender().resendOnce();
            return true;
        } catch (StreamsUnavailable notYet) {
            return false;
        }
    }

    @Test
    void nothingMoreIsSentWhileTheReadersAreBehind() {
        rig.link()
                .call(Request.cmd(Command.XADD)
                        .arg(rig.submit)
                        .arg("1-0")
                        .arg("left")
                        .arg("since 1970"));
        rig.create("tidy", plan(every(60), ALL));
        rig.clock.advance(Duration.ofSeconds(60));
        rig.firingThatDies(vertx).fireOnce();
        rig.clock.advance(Duration.ofSeconds(60));
        rig.resender().resendOnce();
        assertThat(rig.unanswered()).isEqualTo(1);
        GroupReader api = new GroupReader(rig.link(), rig.submit, StreamNames.API, "api-1");
        assertThat(api.read(10, Duration.ofMillis(1))).as("only what lay there").hasSize(1);

        rig.resender().resendOnce();
        assertThat(api.read(10, Duration.ofMillis(1))).hasSize(1);
    }

    @Test
    void I22_afterHoursTheLatestFiresOnce() {
        outage(new Misfire.FireOnce());

        assertThat(rig.fired("tidy")).containsExactlyElementsOf(minutes(299, 300));
        assertThat(rig.missed("tidy")).containsExactlyElementsOf(minutes(1, 298));
        assertThat(missedMeter()).isEqualTo(298);
    }

    @Test
    void I22_afterHoursNothingFiresThatIsToBeSkipped() {
        outage(new Misfire.Skip());

        assertThat(rig.fired("tidy")).containsExactlyElementsOf(minutes(300, 300));
        assertThat(rig.missed("tidy")).containsExactlyElementsOf(minutes(1, 299));
    }

    @Test
    void I22_afterHoursAsManyFireAsAreWanted() {
        outage(new Misfire.FireAll(20));

        assertThat(rig.fired("tidy")).containsExactlyElementsOf(minutes(280, 300));
        assertThat(rig.missed("tidy")).containsExactlyElementsOf(minutes(1, 279));
    }

    @Test
    void I22_moreThanARoundHoldsFiresOverSeveralWhateverTheClockDoesMeanwhile() {
        rig.create("tidy", plan(every(1), new Misfire.FireAll(3_000)));
        rig.clock.advance(Duration.ofHours(1));
        Firing firing = rig.firing();
        for (int i = 0; i < 6; i++) {
            firing.fireOnce();
            rig.clock.advance(Duration.ofMinutes(30));
        }
        Instant outageEnds = START.plus(Duration.ofHours(1));
        assertThat(rig.fired("tidy"))
                .filteredOn(tick -> !tick.isAfter(outageEnds))
                .containsExactlyElementsOf(seconds(540, 3_600));
    }

    @Test
    void aYearOfMissedSecondsLeavesAThousandLines() {
        rig.create("tidy", plan(every(1), new Misfire.Skip()));
        rig.clock.advance(Duration.ofDays(365));
        rig.fireAll();

        assertThat(rig.missed("tidy")).hasSize(1_000);
        assertThat(rig.fired("tidy")).hasSize(61);
        assertThat(missedMeter()).isEqualTo(Decision.COUNTED);
    }

    /** Nobody fires for five hours, and somebody does again at the very moment of a tick. */
    private void outage(Misfire misfire) {
        Plan plan =
                new Plan(every(60), null, null, misfire, Duration.ofSeconds(30), Plan.DEFAULT_WINDOW, Overlap.ALLOW);
        rig.create("tidy", plan);
        rig.clock.advance(Duration.ofHours(5));
        rig.fireAll();
    }

    private double missedMeter() {
        return rig.meters.counter("millrace_schedule_missed").count();
    }

    @Test
    void firesOnceWhatIsForOneTime() {
        rig.create("tidy", Plan.of(new Once(START.plusSeconds(5))));
        rig.clock.advance(Duration.ofDays(1));
        rig.fireAll();

        assertThat(rig.fired("tidy")).containsExactly(START.plusSeconds(5));
        assertThat(rig.count("select count(*) from scheduler.schedule where next_at is not null"))
                .isZero();
    }

    @Test
    void firesNothingAfterItsEnd() {
        Plan plan = new Plan(
                every(1),
                START.plusSeconds(10),
                START.plusSeconds(12),
                ALL,
                Duration.ofSeconds(60),
                Plan.DEFAULT_WINDOW,
                Overlap.SKIP);
        rig.create("tidy", plan);
        rig.clock.advance(Duration.ofMinutes(1));
        rig.fireAll();

        assertThat(rig.fired("tidy")).containsExactlyElementsOf(seconds(10, 12));
        assertThat(rig.sent()).extracting(FireReport::overlap).containsOnly(Overlap.SKIP);
    }

    @Test
    void aPlanThatNobodyCanReadStopsItselfAndNoOther() {
        rig.create("damaged", plan(every(1), ALL));
        rig.create("tidy", plan(every(60), ALL));
        rig.sql("update scheduler.schedule set plan = '{\"trigger\":{\"moon\":{}}}' where id = 'damaged'");
        rig.clock.advance(Duration.ofSeconds(60));
        rig.fireAll();

        assertThat(rig.sent()).extracting(report -> report.key().id()).containsExactly("tidy");
    }

    @Test
    void tellsHowLongNothingWillBeDue() {
        assertThat(rig.firing().fireOnce()).isEqualTo(Duration.ofMillis(500));
        rig.create("tidy", Plan.of(new Once(START.plusMillis(1_200))));
        assertThat(rig.firing().fireOnce()).isEqualTo(Duration.ofMillis(500));
        rig.clock.advance(Duration.ofSeconds(1));
        assertThat(rig.firing().fireOnce()).isEqualTo(Duration.ofMillis(200));
    }

    private long due() {
        return rig.count("select count(*) from scheduler.schedule where next_at <= cast('" + rig.clock.instant()
                + "' as timestamptz)");
    }

    private static List<Instant> seconds(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(START::plusSeconds).toList();
    }

    private static List<Instant> minutes(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(minute -> START.plusSeconds(60L * minute))
                .toList();
    }

    private static void join(Thread thread) {
        try {
            assertThat(thread.join(Duration.ofSeconds(20))).isTrue();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
