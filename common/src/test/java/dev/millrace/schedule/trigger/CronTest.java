package dev.millrace.schedule.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.millrace.schedule.cron.DayMatch;
import dev.millrace.schedule.trigger.Occurrence.Note;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronTest {

    /** The time shown, with an exclamation mark after a gap and a question mark in an overlap. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            30 2 * * *      | Europe/Berlin       | 2026-03-28T12:00Z | 29T03:00+02:00! 30T02:30+02:00
            30 2 * * *      | Europe/Berlin       | 2026-10-24T12:00Z | 25T02:30+02:00? 26T02:30+01:00
            0,30 2,3 * * *  | Europe/Berlin       | 2026-03-29T00:00Z | 29T03:00+02:00! 29T03:30+02:00 30T02:00+02:00
            0 0-6/2 * * *   | Europe/Berlin       | 2026-03-28T22:00Z | 29T00:00+01:00 29T03:00+02:00! 29T04:00+02:00
            0 0-6/2 * * *   | Europe/Berlin       | 2026-10-24T21:00Z | 25T00:00+02:00 25T02:00+02:00? 25T04:00+01:00
            30 * * * *      | Europe/Berlin       | 2026-03-29T00:00Z | 29T01:30+01:00 29T03:30+02:00
            30 * * * *      | Europe/Berlin       | 2026-10-24T23:00Z | 25T01:30+02:00 25T02:30+02:00? 25T02:30+01:00? 25T03:30+01:00
            59 59 * * * *   | Europe/Berlin       | 2026-03-29T00:59Z | 29T01:59:59+01:00 29T03:59:59+02:00
            0 0 * * *       | Africa/Cairo        | 2026-04-23T12:00Z | 24T01:00+03:00! 25T00:00+03:00
            0 9 * * *       | Pacific/Apia        | 2011-12-29T18:00Z | 29T09:00-10:00 31T00:00+14:00! 31T09:00+14:00
            15 2 * * *      | Australia/Lord_Howe | 2026-10-03T00:00Z | 04T02:30+11:00! 05T02:15+11:00
            0 12 * * *      | UTC                 | 2026-10-03T00:00Z | 03T12:00Z 04T12:00Z
            """)
    void tellsWhatSettingTheClockDoesToIt(String expression, String zone, String after, String expected) {
        int wanted = expected.split(" ", -1).length;
        List<String> told = ticks(
                        Cron.of(expression, zone, DayMatch.EITHER),
                        OffsetDateTime.parse(after).toInstant())
                .limit(wanted)
                .map(CronTest::told)
                .toList();
        assertThat(String.join(" ", told)).isEqualTo(expected);
    }

    private static String told(Occurrence tick) {
        String local = tick.local().toString().substring("2026-10-".length());
        return switch (tick.note()) {
            case NONE -> local;
            case DST_GAP -> local + "!";
            case DST_OVERLAP -> local + "?";
            case POLAR -> throw new AssertionError("The sun has no part in " + tick);
        };
    }

    @Test
    void doesNotFireAgainWhileTheClockShowsItsTimeTheSecondTime() {
        Cron daily = Cron.of("30 2 * * *", "Europe/Berlin", DayMatch.EITHER);
        Instant inTheSecondPass = Instant.parse("2026-10-25T01:10:00Z");
        assertThat(daily.next(inTheSecondPass))
                .contains(new Occurrence(OffsetDateTime.parse("2026-10-26T02:30+01:00"), Note.NONE));
    }

    @Test
    void isTheSameFromWhereverItIsAsked() {
        Cron cron = Cron.of("*/10 1-3 * * *", "America/New_York", DayMatch.EITHER);
        Instant start = Instant.parse("2026-03-06T00:00:00Z");
        List<Instant> all = ticks(cron, start).map(Occurrence::at).limit(100).toList();
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 1; i < all.size(); i++) {
            long nanos =
                    random.nextLong(all.get(i).getEpochSecond() - all.get(i - 1).getEpochSecond()) * 1_000_000_000L;
            assertThat(cron.next(all.get(i - 1).plusNanos(nanos + 7))
                            .orElseThrow()
                            .at())
                    .isEqualTo(all.get(i));
        }
    }

    @Test
    void findsARareDayFarAheadThroughManySettingsOfTheClock() {
        Cron leapMonday = Cron.of("0 * 29 2 MON", "Europe/Berlin", DayMatch.BOTH);
        assertThat(leapMonday.next(Instant.parse("2072-03-01T00:00:00Z")))
                .contains(new Occurrence(OffsetDateTime.parse("2112-02-29T00:00+01:00"), Note.NONE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Europe/Berln", "", "+02:00", "CEST", "europe/berlin", "UTC+1"})
    void refusesAZoneThatNoDatabaseHas(String zone) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cron.of("@daily", zone, DayMatch.EITHER))
                .withMessage("There is no time zone '%s'; give a name of the IANA database, as Europe/Berlin or UTC."
                        .formatted(zone));
    }

    @Test
    void refusesAnOffsetInPlaceOfAZone() {
        Cron utc = Cron.of("@daily", "UTC", DayMatch.EITHER);
        assertThatIllegalArgumentException().isThrownBy(() -> new Cron(utc.expression(), ZoneOffset.ofHours(2)));
        assertThat(new Cron(utc.expression(), ZoneId.of("UTC"))).isEqualTo(utc);
    }

    @Test
    void saysItsZone() {
        assertThat(Cron.of("0 9 * * 1-5", "Europe/Berlin", DayMatch.EITHER).description())
                .isEqualTo("at 09:00 on Monday to Friday (Europe/Berlin)");
    }

    private static Stream<Occurrence> ticks(Cron cron, Instant after) {
        return Stream.iterate(
                        cron.next(after),
                        Optional::isPresent,
                        tick -> cron.next(tick.orElseThrow().at()))
                .flatMap(Optional::stream);
    }
}
