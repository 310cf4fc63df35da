package dev.millrace.schedule.cron;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronWordsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            * * * * *              | every minute
            * * * * * *            | every second
            */5 * * * *            | every 5 minutes
            0,20,40 * * * *        | every 20 minutes
            */7 * * * *            | at minutes 0, 7, 14, 21, 28, 35, 42, 49 and 56 of every hour
            */10 * * * * *         | every 10 seconds
            0 * * * *              | every hour
            @hourly                | every hour
            30 * * * *             | at minute 30 of every hour
            15,45 * * * *          | at minutes 15 and 45 of every hour
            0 9 * * *              | at 09:00 every day
            @daily                 | at 00:00 every day
            5,35 0 9 * * *         | at 09:00:05 and 09:00:35 every day
            0 */6 * * *            | at 00:00, 06:00, 12:00 and 18:00 every day
            0 */2 * * *            | at minute 0 of every second hour
            */30 */3 * * *         | every 30 minutes of every third hour
            0 0-6 * * *            | at minute 0 in hours 0 to 6
            0 22-5 * * *           | at minute 0 in hours 0 to 5, 22 and 23
            */15 8-18 * * 1-5      | every 15 minutes in hours 8 to 18 on Monday to Friday
            */20 30 9-17 * * *     | every 20 seconds in minute 30 in hours 9 to 17
            * 30 * * * *           | every second in minute 30 of every hour
            * * 9 * * *            | every second in hour 9
            0 9 * * MON-FRI        | at 09:00 on Monday to Friday
            0 9 * * SAT,SUN        | at 09:00 on Saturday and Sunday
            0 9 * * 5-7            | at 09:00 on Friday to Sunday
            0 9 * * 7-1            | at 09:00 on Monday and Sunday
            0 0 1 * *              | at 00:00 on day 1 of the month
            @monthly               | at 00:00 on day 1 of the month
            @yearly                | at 00:00 on day 1 of the month in January
            0 0 1,15 * *           | at 00:00 on day 1 and day 15 of the month
            0 0 1-5 * *            | at 00:00 on days 1 to 5 of the month
            0 0 1 * MON            | at 00:00 on day 1 of the month or on Monday
            0 0 */1 * MON          | at 00:00 on days 1 to 31 of the month or on Monday
            0 0 L * *              | at 00:00 on the last day of the month
            0 0 L-1 * *            | at 00:00 on the day before the last of the month
            0 0 L-2 * *            | at 00:00 on the second day before the last of the month
            0 0 LW * *             | at 00:00 on the last weekday of the month
            0 0 15W * *            | at 00:00 on the weekday nearest to day 15 of the month
            0 0 * * FRI#2          | at 00:00 on the second Friday of the month
            0 0 * * FRI#4          | at 00:00 on the 4th Friday of the month
            0 0 * * FRIL           | at 00:00 on the last Friday of the month
            0 0 29 2 *             | at 00:00 on day 29 of the month in February
            0 9 * 6-8 *            | at 09:00 every day in June to August
            0 9 * 1,6 MON          | at 09:00 on Monday in January and June
            * * * 12 *             | every minute in December
            """)
    void saysItInEnglish(String expression, String words) {
        assertThat(CronExpression.parse(expression, DayMatch.EITHER).description())
                .isEqualTo(words);
    }

    @Test
    void saysWhenBothDaysMustMatch() {
        assertThat(CronExpression.parse("0 0 13 * FRI", DayMatch.BOTH).description())
                .isEqualTo("at 00:00 on day 13 of the month if it is Friday");
    }
}
