package dev.millrace.schedule.cron;

import static dev.millrace.schedule.cron.CronField.DAY_OF_MONTH;
import static dev.millrace.schedule.cron.CronField.DAY_OF_WEEK;

import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the text of one field from left to right, and names the column where it could not go on.
 *
 * <pre>
 * list   item {, item}
 * item   range  |  L  |  L-n  |  LW  |  nW        the last four in days of the month
 *               |  weekday L  |  weekday # n      in days of the week
 * range  *  |  value  |  value-value              each may be followed by /step
 * </pre>
 */
final class FieldReader {

    /** A number, a name, the name before an L, or any one character. */
    private static final Pattern TOKEN =
            Pattern.compile("\\d+|\\p{Alpha}{3}(?=[Ll](?!\\p{Alpha}))|\\p{Alpha}+|.", Pattern.DOTALL);

    private final CronField field;
    private final Word word;
    private int at;

    private FieldReader(CronField field, Word word) {
        this.field = field;
        this.word = word;
    }

    static Values values(CronField field, Word word) {
        FieldReader reader = new FieldReader(field, word);
        return Values.of(field, reader.list(reader::range));
    }

    static List<DayRule> daysOfMonth(Word word) {
        FieldReader reader = new FieldReader(DAY_OF_MONTH, word);
        return word.restricts()
                ? reader.list(reader::dayOfMonth)
                : List.of(DayRule.MonthDays.of(Span.all(DAY_OF_MONTH)));
    }

    static List<DayRule> daysOfWeek(Word word) {
        FieldReader reader = new FieldReader(DAY_OF_WEEK, word);
        return word.restricts() ? reader.list(reader::dayOfWeek) : List.of(DayRule.Weekdays.of(Span.all(DAY_OF_WEEK)));
    }

    private <T> List<T> list(Supplier<T> item) {
        List<T> items = new ArrayList<>();
        do {
            items.add(item.get());
        } while (accept(','));
        if (at < word.text().length()) {
            throw expected("a comma or a space");
        }
        return List.copyOf(items);
    }

    private DayRule dayOfMonth() {
        if (accept('L')) {
            return accept('W') ? new DayRule.LastWeekday() : new DayRule.LastDay(accept('-') ? daysBefore() : 0);
        }
        if (startsWith('*')) {
            return DayRule.MonthDays.of(range());
        }
        int day = value();
        return accept('W') ? new DayRule.NearestWeekday(day) : DayRule.MonthDays.of(rangeFrom(day));
    }

    private DayRule dayOfWeek() {
        if (startsWith('*')) {
            return DayRule.Weekdays.of(range());
        }
        int day = value();
        if (accept('L')) {
            return new DayRule.LastSuchWeekday(weekday(day));
        }
        return accept('#')
                ? new DayRule.NthWeekday(weekday(day), number("which of them in the month, 1 to 5", 5))
                : DayRule.Weekdays.of(rangeFrom(day));
    }

    private static DayOfWeek weekday(int day) {
        return day == 0 ? DayOfWeek.SUNDAY : DayOfWeek.of(day);
    }

    private int daysBefore() {
        return number("a number of days, 1 to 30", 30);
    }

    private Span range() {
        return accept('*') ? stepped(field.first(), field.last()) : rangeFrom(value());
    }

    private Span rangeFrom(int from) {
        if (accept('-')) {
            return stepped(from, value());
        }
        return startsWith('/') ? stepped(from, field.last()) : Span.of(field, from, from, 1);
    }

    private Span stepped(int from, int to) {
        int step = accept('/') ? number("a step, 1 to " + field.size(), field.size()) : 1;
        return Span.of(field, from, to, step);
    }

    private int value() {
        return take(field.read(token()), field.expected());
    }

    private int number(String what, int most) {
        return take(CronField.number(token(), 1, most), what);
    }

    private int take(OptionalInt read, String what) {
        int value = read.orElseThrow(() -> expected(what));
        at += token().length();
        return value;
    }

    private boolean accept(char wanted) {
        boolean there = startsWith(wanted);
        at += there ? 1 : 0;
        return there;
    }

    private boolean startsWith(char wanted) {
        return at < word.text().length() && Character.toUpperCase(word.text().charAt(at)) == wanted;
    }

    private String token() {
        Matcher matcher = TOKEN.matcher(word.text()).region(at, word.text().length());
        return matcher.lookingAt() ? matcher.group() : "";
    }

    private BadCron expected(String what) {
        return new BadCron(new CronProblem(word.column() + at, what, token()));
    }
}
