package dev.millrace.schedule.cron;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A cron expression: says which whole seconds of a calendar it admits, and knows nothing of time zones. Immutable; two
 * are equal if their texts and their {@link DayMatch} are. The syntax is in this package's description.
 */
public final class CronExpression {

    public static final int LONGEST = 256;

    /** Any day of any year would do. */
    private static final LocalDate SOME_DAY = LocalDate.of(2000, 1, 1);

    private static final Map<String, String> NICKNAMES = Map.of(
            "@yearly", "0 0 1 1 *",
            "@annually", "0 0 1 1 *",
            "@monthly", "0 0 1 * *",
            "@weekly", "0 0 * * 0",
            "@daily", "0 0 * * *",
            "@midnight", "0 0 * * *",
            "@hourly", "0 * * * *");

    private final String text;
    private final DayMatch dayMatch;
    private final CronTimes times;
    private final CronDays days;

    private CronExpression(String text, DayMatch dayMatch, CronTimes times, CronDays days) {
        this.text = text;
        this.dayMatch = dayMatch;
        this.times = times;
        this.days = days;
    }

    /**
     * Reads an expression.
     *
     * @throws BadCron if it is none, or admits no day of any year; its {@link BadCron#problem} names the column
     */
    public static CronExpression parse(String text, DayMatch dayMatch) {
        if (text.length() > LONGEST) {
            throw new BadCron(new CronProblem(LONGEST + 1, "an end after " + LONGEST + " characters", "more"));
        }
        return read(text, dayMatch, fields(text));
    }

    private static CronExpression read(String text, DayMatch dayMatch, List<Word> fields) {
        CronTimes times = new CronTimes(
                FieldReader.values(CronField.SECOND, fields.get(0)),
                FieldReader.values(CronField.MINUTE, fields.get(1)),
                FieldReader.values(CronField.HOUR, fields.get(2)));
        return new CronExpression(text, dayMatch, times, days(dayMatch, fields.get(3), fields.get(4), fields.get(5)));
    }

    private static CronDays days(DayMatch dayMatch, Word ofMonth, Word month, Word ofWeek) {
        boolean either = dayMatch == DayMatch.EITHER && ofMonth.restricts() && ofWeek.restricts();
        CronDays days = new CronDays(
                FieldReader.daysOfMonth(ofMonth),
                FieldReader.values(CronField.MONTH, month),
                FieldReader.daysOfWeek(ofWeek),
                either);
        if (days.from(SOME_DAY).isEmpty()) {
            throw ofMonth.problem("a day that its months have in some year");
        }
        return days;
    }

    /** Six, of which the first are the seconds. */
    private static List<Word> fields(String text) {
        List<Word> words = Word.in(spelledOut(text));
        if (words.size() == 5) {
            words = prepended(new Word("0", 0), words);
        }
        if (words.size() != 6) {
            throw wrongCount(text, words);
        }
        return words;
    }

    private static List<Word> prepended(Word first, List<Word> others) {
        return Stream.concat(Stream.of(first), others.stream()).toList();
    }

    private static String spelledOut(String text) {
        return NICKNAMES.getOrDefault(text.strip().toLowerCase(Locale.ROOT), text);
    }

    private static BadCron wrongCount(String text, List<Word> words) {
        if (text.stripLeading().startsWith("@")) {
            return words.getFirst().problem("@yearly, @annually, @monthly, @weekly, @daily, @midnight or @hourly");
        }
        return words.size() > 6
                ? words.get(6).problem("the end after 6 fields")
                : new BadCron(
                        new CronProblem(text.length() + 1, "one more field, of 5 or of 6 with seconds first", ""));
    }

    /** The first admitted second that is not before this whole one; never empty as long as years have four digits. */
    public Optional<LocalDateTime> from(LocalDateTime start) {
        return from(start.toLocalDate(), start.toLocalTime());
    }

    private Optional<LocalDateTime> from(LocalDate date, LocalTime time) {
        Optional<LocalTime> sameDay = days.admits(date) ? times.from(time) : Optional.empty();
        return sameDay.map(date::atTime)
                .or(() -> days.from(date.plusDays(1)).map(later -> later.atTime(times.first())));
    }

    /** Whether every hour of an admitted day is admitted, so that the expression does not name any. */
    public boolean namesNoHour() {
        return times.hours().all();
    }

    /** In English, as the rest of a sentence that begins with "It fires": {@code at 09:00 on Monday to Friday}. */
    public String description() {
        return CronWords.of(times, days);
    }

    public DayMatch dayMatch() {
        return dayMatch;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CronExpression that && text.equals(that.text) && dayMatch == that.dayMatch;
    }

    @Override
    public int hashCode() {
        return 31 * text.hashCode() + dayMatch.hashCode();
    }

    /** The text it was read from. */
    @Override
    public String toString() {
        return text;
    }
}
