package dev.millrace.schedule.cron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronExpressionTest {

    private static final int GENERATED = 500;
    private static final int STARTS = 2;
    private static final int TICKS = 40;

    /** Where implementations are known to differ or to fail. */
    private static final List<String> NASTY = List.of(
            "* * * * *",
            "* * * * * *",
            "59 23 31 12 *",
            "59 59 23 31 12 ?",
            "0 0 29 2 *",
            "0 0 29 FEB MON",
            "0 0 29 2 1#5",
            "0 0 31 * *",
            "0 0 30,31 2,4 *",
            "0 0 31W * *",
            "0 0 1W * *",
            "0 0 30W * *",
            "0 0 LW * *",
            "0 0 L * *",
            "0 0 L-30 * *",
            "0 0 L-1,L * *",
            "0 0 L,LW,1,15W 2 *",
            "0 0 * * 0",
            "0 0 * * 7",
            "0 0 * * 0,7",
            "0 0 * * 0-7",
            "0 0 * * 1-7",
            "0 0 * * 5-7",
            "0 0 * * 7-3",
            "0 0 * * 7-0",
            "0 0 * * 7-7",
            "0 0 * * 7/2",
            "0 0 * * 1/2",
            "0 0 * * */2",
            "0 0 * * */7",
            "0 0 * * 6-0",
            "0 0 * * FRI-MON",
            "0 0 * * SAT-SUN",
            "0 0 * * SUN-SAT",
            "0 0 * * 5L",
            "0 0 * * 0L",
            "0 0 * * 7L",
            "0 0 * * 1#5",
            "0 0 * * 0#1",
            "0 0 * * 7#1",
            "0 0 * * SUNL",
            "0 0 * * fril",
            "0 0 * * 1#1,1#3,5L",
            "0 0 13 * FRI",
            "0 0 */2 * 1",
            "0 0 * * */1",
            "0 0 */1 * 1",
            "0 0 ? * 1",
            "0 0 1 * ?",
            "0 0 ? * ?",
            "0 0 1-31 * 1",
            "0 0 1,*/10 * *",
            "0 0 25-5 * *",
            "0 0 25-5/3 * *",
            "0 0 31-1 * *",
            "0 22-2 * * *",
            "0 22-2/2 * * *",
            "0 23-0 * * *",
            "50-10 * * * *",
            "50-10/7 * * * *",
            "0 0 1 11-2 *",
            "0 0 1 NOV-FEB *",
            "0 0 1 DEC-JAN/1 *",
            "*/7 * * * *",
            "*/59 * * * *",
            "*/60 * * * *",
            "0 */24 * * *",
            "0 */5 * * *",
            "59/1 * * * *",
            "5/20 * * * *",
            "5,5,5 * * * *",
            "05 009 01 02 *",
            "0-59 0-23 1-31 1-12 0-6",
            "* 0 0 1 1 *",
            "*/7 */11 */5 */3 */2 *",
            "30 59 23 L 2 *",
            "0 0 0 1 1 0",
            "59 * * * * 6",
            "0/40 * * * * *",
            "0 0 15W * *",
            "0 0 15W 2 1",
            "0 0 1W,15W,LW 1/3 *",
            "0 0 28-31 2 5L",
            "0 0 29W 2 *",
            "  0\t0  1 1 *  ",
            "0 12 L-2 6 3#4",
            "0 0 31 1,3,5,7,8,10,12 5#5",
            "0 0 */31 * *",
            "0 0 31/1 * *");

    private final SplittableRandom random = new SplittableRandom(5);

    @ParameterizedTest
    @EnumSource
    void admitsWhatTheDefinitionAdmits(DayMatch match) {
        RandomCron generated = new RandomCron(42);
        Stream.concat(NASTY.stream(), Stream.generate(generated::next).limit(GENERATED))
                .forEach(text -> assertAsDefined(text, match));
    }

    private void assertAsDefined(String text, DayMatch match) {
        CronDefinition definition = new CronDefinition(text, match);
        try {
            CronExpression expression = CronExpression.parse(text, match);
            for (int i = 0; i < STARTS; i++) {
                assertAsDefined(expression, definition, someSecond());
            }
        } catch (BadCron refused) {
            assertThat(anyDay(definition))
                    .as("%s was refused: %s", text, refused.problem())
                    .isFalse();
        }
    }

    private static void assertAsDefined(CronExpression expression, CronDefinition definition, LocalDateTime start) {
        LocalDateTime end = start.plusYears(5);
        List<LocalDateTime> defined = definition.from(start, end, TICKS);
        assertThat(ticks(expression, start).limit(TICKS).takeWhile(tick -> !tick.isAfter(end)))
                .as("%s from %s", expression, start)
                .isEqualTo(defined);
    }

    private static Stream<LocalDateTime> ticks(CronExpression expression, LocalDateTime start) {
        return Stream.iterate(
                        expression.from(start),
                        Optional::isPresent,
                        tick -> expression.from(tick.orElseThrow().plusSeconds(1)))
                .flatMap(Optional::stream);
    }

    /** In any of the 400 years after which the calendar repeats. */
    private static boolean anyDay(CronDefinition definition) {
        return Stream.iterate(LocalDate.of(2001, 1, 1), day -> day.plusDays(1))
                .limit(146_097)
                .anyMatch(definition::admits);
    }

    private LocalDateTime someSecond() {
        return LocalDateTime.of(2015, 1, 1, 0, 0).plusSeconds(random.nextLong(30L * 366 * 86_400));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "@yearly|0 0 1 1 *", "@annually|0 0 1 1 *", "@monthly|0 0 1 * *", "@weekly|0 0 * * 0",
                "@daily|0 0 * * *", "@midnight|0 0 * * *", "@hourly|0 * * * *", "@Daily|0 0 * * *",
            })
    void knowsNicknames(String nickname, String meaning) {
        LocalDateTime start = someSecond();
        assertThat(ticks(parsed(nickname), start).limit(TICKS))
                .containsExactlyElementsOf(
                        ticks(parsed(meaning), start).limit(TICKS).toList());
    }

    @Test
    void needsOneDayFieldOfTwoUnlessToldOtherwise() {
        LocalDate friday13 = LocalDate.of(2026, 2, 13);
        LocalDate otherFriday = LocalDate.of(2026, 2, 6);
        LocalDateTime start = otherFriday.atStartOfDay();
        assertThat(CronExpression.parse("0 0 13 * FRI", DayMatch.EITHER).from(start))
                .contains(start);
        assertThat(CronExpression.parse("0 0 13 * FRI", DayMatch.BOTH).from(start))
                .contains(friday13.atStartOfDay());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 0 30 2 *", "0 0 31 4,6,9,11 *", "0 0 31W 2 *", "0 0 L-29 2 ?", "0 0 0 30-31 FEB *"})
    void refusesWhatNoYearHas(String never) {
        assertThatExceptionOfType(BadCron.class)
                .isThrownBy(() -> parsed(never))
                .withMessageContaining("expected a day that its months have in some year");
    }

    @Test
    void findsTheNextLeapDayOnAMondayAcrossACentury() {
        assertThat(CronExpression.parse("0 0 29 2 MON", DayMatch.BOTH).from(LocalDateTime.of(2072, 3, 1, 0, 0)))
                .contains(LocalDateTime.of(2112, 2, 29, 0, 0));
    }

    @Test
    void isItsTextAndItsRule() {
        assertThat(parsed("0 0 * * *"))
                .isEqualTo(parsed("0 0 * * *"))
                .hasSameHashCodeAs(parsed("0 0 * * *"))
                .hasToString("0 0 * * *")
                .isNotEqualTo(parsed("@daily"))
                .isNotEqualTo(CronExpression.parse("0 0 * * *", DayMatch.BOTH));
    }

    @ParameterizedTest
    @EnumSource
    void namesItsRules(DayMatch match) {
        assertThat(DayMatch.ofLabel(match.label())).isEqualTo(match);
    }

    private static CronExpression parsed(String text) {
        return CronExpression.parse(text, DayMatch.EITHER);
    }
}
