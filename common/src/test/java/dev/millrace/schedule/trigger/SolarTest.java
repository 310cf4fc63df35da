package dev.millrace.schedule.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.schedule.Plan;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SolarTest {

    private static final List<Sun> PLACES = List.of(
            new Sun(52.52, 13.405),
            new Sun(-33.8688, 151.2093),
            new Sun(0, -179.9),
            new Sun(64.15, -21.94),
            new Sun(-54.8, -68.3),
            new Sun(21.3, 180));

    /** Local times as almanacs print them, to the minute. */
    @ParameterizedTest
    @CsvSource({
        "SUNRISE, 51.5074, -0.1278, Europe/London, 2024-06-21T04:43",
        "SUNSET, 51.5074, -0.1278, Europe/London, 2024-06-21T21:21",
        "SUNRISE, 52.52, 13.405, Europe/Berlin, 2024-12-21T08:15",
        "SUNSET, 52.52, 13.405, Europe/Berlin, 2024-12-21T15:54",
        "SUNRISE, 40.7128, -74.006, America/New_York, 2024-03-20T06:58",
        "NOON, 40.7128, -74.006, America/New_York, 2024-03-20T13:03",
        "SUNSET, 40.7128, -74.006, America/New_York, 2024-03-20T19:08",
        "DAWN_CIVIL, 40.7128, -74.006, America/New_York, 2024-03-20T06:31",
        "SUNRISE, -33.8688, 151.2093, Australia/Sydney, 2024-12-21T05:41",
        "SUNSET, -33.8688, 151.2093, Australia/Sydney, 2024-12-21T20:05",
        "SUNRISE, 35.6895, 139.6917, Asia/Tokyo, 2024-06-21T04:25",
        "SUNSET, 35.6895, 139.6917, Asia/Tokyo, 2024-06-21T19:00",
        "SUNRISE, -0.1807, -78.4678, America/Guayaquil, 2024-03-20T06:17",
        "SUNRISE, 64.1466, -21.9426, Atlantic/Reykjavik, 2024-06-21T02:55",
        "SUNSET, 64.1466, -21.9426, Atlantic/Reykjavik, 2024-06-22T00:04",
    })
    void agreesWithPublishedTimes(
            SolarEvent event, double latitude, double longitude, ZoneId zone, LocalDateTime time) {
        Instant published = time.atZone(zone).toInstant();
        Solar solar = new Solar(event, latitude, longitude, Duration.ZERO);
        assertThat(solar.next(published.minusSeconds(3_600)).orElseThrow().at())
                .isCloseTo(published, within(2, ChronoUnit.MINUTES));
    }

    @ParameterizedTest
    @EnumSource
    void agreesWithTheAlmanacAllYear(SolarEvent event) {
        for (Sun sun : PLACES) {
            Almanac almanac = new Almanac(sun.latitude(), sun.longitude());
            for (LocalDate day = LocalDate.of(2027, 1, 2); day.getYear() == 2027; day = day.plusDays(9)) {
                if (isSettled(almanac, event, day)) {
                    assertClose(sun.at(event, day), almanac.at(day, event), event + " of " + day + " over " + sun);
                }
            }
        }
    }

    /** When white nights begin or end, the sun only grazes the height, and a little more or less air decides. */
    private static boolean isSettled(Almanac almanac, SolarEvent event, LocalDate day) {
        return almanac.at(day.minusDays(5), event).isPresent()
                == almanac.at(day.plusDays(5), event).isPresent();
    }

    private static void assertClose(Optional<Instant> actual, Optional<Instant> expected, String what) {
        assertThat(actual.isPresent()).as(what).isEqualTo(expected.isPresent());
        expected.ifPresent(
                time -> assertThat(actual.orElseThrow()).as(what).isCloseTo(time, within(2, ChronoUnit.MINUTES)));
    }

    @Test
    void comesOnceADayAndOnlyForwards() {
        Solar sunset = new Solar(SolarEvent.SUNSET, 64.1466, -21.9426, Duration.ZERO);
        Instant last =
                sunset.next(Instant.parse("2026-05-01T12:00:00Z")).orElseThrow().at();
        for (int day = 0; day < 100; day++) {
            Instant next = sunset.next(last).orElseThrow().at();
            assertThat(Duration.between(last, next)).isBetween(Duration.ofMinutes(23 * 60 + 50), Duration.ofHours(36));
            assertThat(sunset.next(next.minusNanos(1)).orElseThrow().at()).isEqualTo(next);
            last = next;
        }
    }

    /** Longyearbyen: the sun stays up from about 20 April to 22 August. */
    @Test
    void leavesOutThePolarDayAndShowsIt() {
        Plan sunsets = Plan.of(new Solar(SolarEvent.SUNSET, 78.22, 15.65, Duration.ZERO));
        Instant may = Instant.parse("2026-05-01T00:00:00Z");
        assertThat(sunsets.next(may).orElseThrow().at())
                .isBetween(Instant.parse("2026-08-22T00:00:00Z"), Instant.parse("2026-08-26T00:00:00Z"));
        assertThat(sunsets.preview(may).limit(100))
                .hasSize(100)
                .allMatch(shown -> !shown.fires())
                .extracting(Occurrence::at)
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(sunsets.preview(may).filter(Occurrence::fires).findFirst()).isEqualTo(sunsets.next(may));
    }

    /** Tromsø: the sun stays down from about 27 November to 15 January. */
    @Test
    void leavesOutThePolarNightAndShowsIt() {
        Plan sunrises = Plan.of(new Solar(SolarEvent.SUNRISE, 69.65, 18.96, Duration.ZERO));
        Instant december = Instant.parse("2026-12-01T00:00:00Z");
        assertThat(sunrises.next(december).orElseThrow().at())
                .isBetween(Instant.parse("2027-01-13T00:00:00Z"), Instant.parse("2027-01-17T00:00:00Z"));
        assertThat(sunrises.preview(december).limit(30))
                .extracting(Occurrence::note)
                .containsOnly(Occurrence.Note.POLAR);
        assertThat(Occurrence.Note.POLAR.label()).isEqualTo("polar");
    }

    @ParameterizedTest
    @EnumSource
    void comesEachYearNearAPole(SolarEvent event) {
        for (double latitude : new double[] {89, -89}) {
            for (int month = 1; month <= 12; month++) {
                Instant start = LocalDate.of(2026, month, 1).atStartOfDay().toInstant(ZoneOffset.UTC);
                assertThat(new Solar(event, latitude, 90, Duration.ZERO).next(start))
                        .isPresent();
            }
        }
    }

    @Test
    void isMovedByItsOffset() {
        Instant start = Instant.parse("2026-03-28T00:00:00Z");
        Solar sunset = new Solar(SolarEvent.SUNSET, 52.52, 13.405, Duration.ZERO);
        Solar earlier = new Solar(SolarEvent.SUNSET, 52.52, 13.405, Duration.ofMinutes(-30));
        Solar later = new Solar(SolarEvent.SUNSET, 52.52, 13.405, Duration.ofHours(24));
        Instant at = sunset.next(start).orElseThrow().at();
        assertThat(earlier.next(start).orElseThrow().at()).isEqualTo(at.minusSeconds(1_800));
        assertThat(later.next(at).orElseThrow().at()).isEqualTo(at.plusSeconds(86_400));
    }

    @Test
    void saysWhatAndWhere() {
        assertThat(Stream.of(Duration.ZERO, Duration.ofMinutes(-30), Duration.ofHours(1))
                        .map(offset -> new Solar(SolarEvent.DAWN_CIVIL, 52.5, -13.4, offset).description()))
                .containsExactly(
                        "at civil dawn at latitude 52.5, longitude -13.4",
                        "30 minutes before civil dawn at latitude 52.5, longitude -13.4",
                        "1 hour after civil dawn at latitude 52.5, longitude -13.4");
    }

    @ParameterizedTest
    @CsvSource({"89.1, 0, latitude", "-91, 0, latitude", "NaN, 0, latitude", "0, 180.5, longitude", "0, NaN, longitude"
    })
    void refusesAPlaceThatIsNowhere(double latitude, double longitude, String which) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Solar(SolarEvent.NOON, latitude, longitude, Duration.ZERO))
                .withMessageStartingWith("The " + which + " must be -");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT24H1S", "PT-24H-1S"})
    void refusesAnOffsetOfMoreThanADay(Duration offset) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Solar(SolarEvent.NOON, 0, 0, offset))
                .withMessage("The offset must be PT-24H to PT24H, not %s.".formatted(offset));
    }

    @ParameterizedTest
    @EnumSource
    void namesItsEvents(SolarEvent event) {
        assertThat(SolarEvent.ofLabel(event.label())).isEqualTo(event);
    }

    @Test
    void refusesAnEventThatTheSunDoesNotHave() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SolarEvent.ofLabel("moonrise"))
                .withMessageContaining("dawn-astronomical, dawn-nautical, dawn-civil, sunrise, noon, sunset");
    }
}
