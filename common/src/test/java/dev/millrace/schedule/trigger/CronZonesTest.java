package dev.millrace.schedule.trigger;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.schedule.cron.DayMatch;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every zone there is, minute by minute around each setting of its clock; zones that share all rules are one. */
@Tag("slow")
class CronZonesTest {

    private static final Instant FROM = Instant.parse("1985-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2030-01-01T00:00:00Z");
    private static final Instant RECENT = Instant.parse("2024-01-01T00:00:00Z");
    private static final Instant SOON = Instant.parse("2027-01-01T00:00:00Z");

    /** More than any clock was ever set by. */
    private static final Duration MORE_THAN_A_DAY = Duration.ofHours(27);

    private static final Duration SOME_HOURS = Duration.ofHours(4);

    private static final List<String> NAMING_HOURS = List.of(
            "0 0 * * *",
            "30 0 * * *",
            "0 1 * * *",
            "30 1 * * *",
            "15 2 * * *",
            "59 2 * * *",
            "0 3 * * *",
            "1 23 * * *");
    private static final List<String> NAMING_MANY = List.of(
            "*/10 1-3 * * *", "0 */2 * * *", "15,45 0-22 * * *", "* 2 * * 0", "0 0-3 L * *", "*/20 2,0 * * 6,0");
    private static final List<String> NAMING_NONE =
            List.of("* * * * *", "0 * * * *", "30 * * * *", "*/7 0-23 * * *", "15 */1 * * 0", "0 * L * *");

    @Test
    void I23_fixedTimesOfDayComeOnceADayInEveryZone() {
        assertThat(settings(FROM, TO, MORE_THAN_A_DAY).peek(setting -> NAMING_HOURS.forEach(setting::firesOnceReached)))
                .hasSizeGreaterThan(3_000);
    }

    @Test
    void I23_timesOfSeveralHoursComeOnceInEveryZone() {
        assertThat(settings(RECENT, SOON, MORE_THAN_A_DAY)
                        .peek(setting -> NAMING_MANY.forEach(setting::firesOnceReached)))
                .hasSizeGreaterThan(200);
    }

    @Test
    void I23_whatNamesNoHourFollowsRealTimeInEveryZone() {
        assertThat(settings(RECENT, SOON, SOME_HOURS).peek(setting -> NAMING_NONE.forEach(setting::firesWhenShown)))
                .hasSizeGreaterThan(200);
    }

    private static Stream<Setting> settings(Instant from, Instant to, Duration around) {
        return zones().stream()
                .flatMap(zone -> transitions(zone.getRules(), from, to)
                        .map(transition -> new Setting(zone, transition.getInstant(), around)));
    }

    private static Collection<ZoneId> zones() {
        return new TreeSet<>(ZoneId.getAvailableZoneIds())
                .stream()
                        .map(ZoneId::of)
                        .collect(toMap(ZoneId::getRules, zone -> zone, (one, same) -> one))
                        .values();
    }

    private static Stream<ZoneOffsetTransition> transitions(ZoneRules rules, Instant from, Instant to) {
        return Stream.iterate(
                        rules.nextTransition(from),
                        Objects::nonNull,
                        transition -> rules.nextTransition(transition.getInstant()))
                .takeWhile(transition -> transition.getInstant().isBefore(to));
    }

    private record Setting(ZoneId zone, Instant start, Instant end, WatchedClock clock) {

        Setting(ZoneId zone, Instant moment, Duration around) {
            this(zone, moment.minus(around), moment.plus(around), around);
        }

        private Setting(ZoneId zone, Instant start, Instant end, Duration around) {
            this(zone, start, end, new WatchedClock(zone, start, (int) (2 * around.toMinutes())));
        }

        void firesOnceReached(String expression) {
            assertThat(ticks(expression))
                    .as("%s in %s after %s", expression, zone, start)
                    .isEqualTo(clock.firstTimeReached(expression));
        }

        void firesWhenShown(String expression) {
            assertThat(ticks(expression))
                    .as("%s in %s after %s", expression, zone, start)
                    .isEqualTo(clock.eachTimeShown(expression));
        }

        private List<Instant> ticks(String expression) {
            Cron cron = Cron.of(expression, zone.getId(), DayMatch.EITHER);
            return Stream.iterate(
                            cron.next(start.minusNanos(1)),
                            Optional::isPresent,
                            tick -> cron.next(tick.orElseThrow().at()))
                    .map(tick -> tick.orElseThrow().at())
                    .takeWhile(end::isAfter)
                    .toList();
        }
    }
}
