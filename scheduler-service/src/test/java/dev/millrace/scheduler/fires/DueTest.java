package dev.millrace.scheduler.fires;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.schedule.Misfire;
import dev.millrace.schedule.Overlap;
import dev.millrace.schedule.Plan;
import dev.millrace.schedule.trigger.Every;
import dev.millrace.schedule.trigger.Occurrence;
import dev.millrace.schedule.trigger.Once;
import dev.millrace.schedule.trigger.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DueTest {

    private static final Instant NOON = Instant.parse("2026-03-28T12:00:00Z");
    private static final Every EACH_MINUTE = new Every(Duration.ofMinutes(1), NOON);
    private static final Every EACH_SECOND = new Every(Duration.ofSeconds(1), NOON);

    /** Ticks are minutes after noon, the first one not dealt with is 0; now is in seconds after noon. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # misfire   | grace | window | now | missed      | fires       | next
            fireOnce    | PT1M  | PT1H   | 0   | -           | 0           | 1
            fireOnce    | PT1M  | PT1H   | 60  | -           | 0 1         | 2
            fireOnce    | PT1M  | PT1H   | 61  | -           | 0 1         | 2
            fireOnce    | PT1M  | PT1H   | 299 | 0 1 2       | 3 4         | 5
            fireOnce    | PT1M  | PT1H   | 300 | 0 1 2       | 3 4 5       | 6
            fireOnce    | PT0S  | PT1H   | 300 | 0 1 2 3     | 4 5         | 6
            fireOnce    | PT0S  | PT1H   | 301 | 0 1 2 3 4   | 5           | 6
            fireOnce    | PT0S  | PT30S  | 330 | 0 1 2 3 4   | 5           | 6
            fireOnce    | PT0S  | PT30S  | 331 | 0 1 2 3 4 5 | -           | 6
            skip        | PT1M  | PT1H   | 61  | 0           | 1           | 2
            skip        | PT1M  | PT1H   | 60  | -           | 0 1         | 2
            skip        | PT1M  | PT1H   | 300 | 0 1 2 3     | 4 5         | 6
            skip        | PT0S  | PT1H   | 299 | 0 1 2 3 4   | -           | 5
            skip        | PT10M | PT1H   | 300 | -           | 0 1 2 3 4 5 | 6
            fireAll 2   | PT1M  | PT1H   | 300 | 0 1         | 2 3 4 5     | 6
            fireAll 4   | PT1M  | PT1H   | 300 | -           | 0 1 2 3 4 5 | 6
            fireAll 9   | PT1M  | PT1H   | 300 | -           | 0 1 2 3 4 5 | 6
            fireAll 9   | PT1M  | PT2M   | 300 | 0 1 2       | 3 4 5       | 6
            fireAll 1   | PT1M  | PT2M   | 300 | 0 1 2       | 3 4 5       | 6
            fireAll 9   | PT1M  | PT1M   | 300 | 0 1 2 3     | 4 5         | 6
            """)
    void I22_doesWhatThePolicySays(
            String misfire, Duration grace, Duration window, int now, String missed, String fires, int next) {
        Due due = Due.of(plan(EACH_MINUTE, misfire, grace, window), NOON, NOON.plusSeconds(now));
        assertThat(minutes(due.missed())).isEqualTo(missed);
        assertThat(minutes(due.fires())).isEqualTo(fires);
        assertThat(due.next()).contains(Occurrence.utc(NOON.plusSeconds(60L * next)));
    }

    private static String minutes(Stream<Occurrence> ticks) {
        String minutes = ticks.map(tick -> Duration.between(NOON, tick.at()).toMinutes() + "")
                .collect(Collectors.joining(" "));
        return minutes.isEmpty() ? "-" : minutes;
    }

    /** The definition, on lists: the latest so many of the late ones that are not too late, and all punctual ones. */
    @Test
    void I22_agreesWithTheDefinitionOverAnyOutage() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 300; i++) {
            Every every = new Every(Duration.ofSeconds(random.nextInt(1, 400)), NOON);
            Duration grace = Duration.ofSeconds(random.nextInt(200));
            Duration window = grace.plusSeconds(random.nextInt(20_000));
            Plan plan = plan(every, random.nextBoolean() ? "skip" : "fireAll " + random.nextInt(1, 60), grace, window);
            Instant now = NOON.plusSeconds(random.nextInt(30_000));
            List<Instant> due =
                    instants(plan.from(NOON).takeWhile(tick -> !tick.at().isAfter(now)));
            assertThat(instants(Due.of(plan, NOON, now).fires())).isEqualTo(defined(plan, due, now));
            assertThat(instants(Stream.concat(
                            Due.of(plan, NOON, now).missed(),
                            Due.of(plan, NOON, now).fires())))
                    .isEqualTo(due);
        }
    }

    private static List<Instant> defined(Plan plan, List<Instant> due, Instant now) {
        List<Instant> fires = new ArrayList<>();
        List<Instant> late = new ArrayList<>();
        for (Instant tick : due) {
            Duration lateness = Duration.between(tick, now);
            if (lateness.compareTo(plan.misfireGrace()) <= 0) {
                fires.add(tick);
            } else if (lateness.compareTo(plan.catchUpWindow()) <= 0) {
                late.add(tick);
            }
        }
        int caughtUp = Math.min(late.size(), plan.misfire().most());
        fires.addAll(0, late.subList(late.size() - caughtUp, late.size()));
        return fires;
    }

    @Test
    void I22_whoDecidesAgainAboutTheRestLetsItFire() {
        Plan plan = plan(EACH_MINUTE, "fireAll 3", Duration.ofMinutes(1), Duration.ofHours(1));
        Instant now = NOON.plusSeconds(1_800);
        List<Instant> fires = instants(Due.of(plan, NOON, now).fires());
        for (int done = 1; done < fires.size(); done++) {
            assertThat(instants(Due.of(plan, fires.get(done), now).fires()))
                    .isEqualTo(fires.subList(done, fires.size()));
        }
    }

    @Test
    void I22_nothingIsDueBeforeItsTime() {
        Due due = Due.of(Plan.of(EACH_MINUTE), NOON, NOON.minusSeconds(30));
        assertThat(due.fires()).isEmpty();
        assertThat(due.missed()).isEmpty();
        assertThat(due.next()).contains(Occurrence.utc(NOON));
    }

    /** Whoever went through all of the 31,536,000 missed ticks here would run out of memory or patience. */
    @Test
    void costsNoMoreThanWhatFiresAfterAYearOfSeconds() {
        Plan plan = plan(EACH_SECOND, "fireAll 10", Duration.ofSeconds(5), Plan.DEFAULT_WINDOW);
        Instant now = NOON.plus(Duration.ofDays(365));
        for (int i = 0; i < 1_000; i++) {
            Due due = Due.of(plan, NOON, now);
            assertThat(due.firesFrom()).isEqualTo(now.minusSeconds(15));
            assertThat(due.fires()).hasSize(16);
            assertThat(due.missed().limit(3)).hasSize(3);
            assertThat(due.latestMissed(3))
                    .containsExactly(now.minusSeconds(18), now.minusSeconds(17), now.minusSeconds(16));
        }
    }

    @Test
    void showsTheLatestMissedTicksOrAllIfThereAreFewer() {
        Due due = Due.of(plan(EACH_MINUTE, "skip", Duration.ofMinutes(1), Duration.ofHours(1)), NOON, minute(10));
        assertThat(due.latestMissed(2)).containsExactly(minute(7), minute(8));
        assertThat(due.latestMissed(100)).isEqualTo(instants(due.missed())).hasSize(9);
    }

    private static Instant minute(int minutes) {
        return NOON.plusSeconds(60L * minutes);
    }

    @Test
    void comesToItsEndAfterASingleTime() {
        Due due = Due.of(Plan.of(new Once(NOON)), NOON, NOON.plusSeconds(86_400));
        assertThat(instants(due.fires())).containsExactly(NOON);
        assertThat(due.next()).isEmpty();
    }

    private static List<Instant> instants(Stream<Occurrence> ticks) {
        return ticks.map(Occurrence::at).toList();
    }

    private static Plan plan(Trigger trigger, String misfire, Duration grace, Duration window) {
        return new Plan(trigger, null, null, misfire(misfire), grace, window, Overlap.ALLOW);
    }

    private static Misfire misfire(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "fireonce" -> new Misfire.FireOnce();
            case "skip" -> new Misfire.Skip();
            default -> new Misfire.FireAll(Integer.parseInt(text.substring("fireAll ".length())));
        };
    }
}
