package dev.millrace.schedule.cron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class BadCronTest {

    @ParameterizedTest
    @CsvFileSource(resources = "/dev/millrace/schedule/cron/bad.csv", delimiter = '|', numLinesToSkip = 1)
    void namesTheColumnAndWhatWasExpected(String text, int column, String expected, String found) {
        assertThat(problemOf(text)).isEqualTo(new CronProblem(column, expected, found));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 24 * * *       | Column 3: expected an hour, 0 to 23, found '24'.
            0 0 * * MONDAY   | Column 9: expected a day of the week, 0 to 7 or SUN to SAT, found 'MONDAY'.
            1-5/ * * * *     | Column 5: expected a step, 1 to 60, found nothing.
            0 9 * *          | Column 8: expected one more field, of 5 or of 6 with seconds first, found nothing.
            """)
    void saysItInASentence(String text, String sentence) {
        assertThat(problemOf(text).sentence()).isEqualTo(sentence);
    }

    @Test
    void showsOnlyTheBeginningOfWhatItFound() {
        assertThat(problemOf("x".repeat(200) + " * * * *").found()).isEqualTo("x".repeat(CronProblem.LONGEST_FOUND));
    }

    @Test
    void refusesATextThatIsTooLong() {
        String list = "1,".repeat(CronExpression.LONGEST / 2) + "1 * * * *";
        assertThat(problemOf(list))
                .isEqualTo(new CronProblem(
                        CronExpression.LONGEST + 1, "an end after " + CronExpression.LONGEST + " characters", "more"));
    }

    private static CronProblem problemOf(String text) {
        return catchThrowableOfType(BadCron.class, () -> CronExpression.parse(text, DayMatch.EITHER))
                .problem();
    }
}
