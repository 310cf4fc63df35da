package dev.millrace.schedule.cron;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** The fields of an expression, in their order, and what each may hold. */
enum CronField {
    SECOND("a second", 0, 59, ""),
    MINUTE("a minute", 0, 59, ""),
    HOUR("an hour", 0, 23, ""),
    DAY_OF_MONTH("a day of the month", 1, 31, ""),
    MONTH("a month", 1, 12, "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC"),
    DAY_OF_WEEK("a day of the week", 0, 6, "SUN MON TUE WED THU FRI SAT");

    private static final Pattern NUMBER = Pattern.compile("\\d{1,4}");

    private final String title;
    private final int first;
    private final int last;
    private final String names;

    CronField(String title, int first, int last, String names) {
        this.title = title;
        this.first = first;
        this.last = last;
        this.names = names;
    }

    int first() {
        return first;
    }

    int last() {
        return last;
    }

    /** How many values there are. */
    int size() {
        return last - first + 1;
    }

    /** The value that a count beyond the last one comes round to: hour 25 is hour 1, day 7 of the week is Sunday. */
    int wrapped(int value) {
        return first + (value - first) % size();
    }

    /** A number or a name of this field, in either case. */
    OptionalInt read(String token) {
        int named = names().indexOf(token.toUpperCase(Locale.ROOT));
        return named >= 0 ? OptionalInt.of(first + named) : numbered(token);
    }

    private List<String> names() {
        return names.isEmpty() ? List.of() : List.of(names.split(" ", -1));
    }

    private OptionalInt numbered(String token) {
        return number(token, first, highest());
    }

    static OptionalInt number(String token, int least, int most) {
        if (!NUMBER.matcher(token).matches()) {
            return OptionalInt.empty();
        }
        int number = Integer.parseInt(token);
        return number >= least && number <= most ? OptionalInt.of(number) : OptionalInt.empty();
    }

    /** Sunday is 0 and 7. */
    private int highest() {
        return this == DAY_OF_WEEK ? 7 : last;
    }

    /** For messages: {@code a month, 1 to 12 or JAN to DEC}. */
    String expected() {
        String numbers = "%s, %d to %d".formatted(title, first, highest());
        return names.isEmpty() ? numbers : "%s or %s to %s".formatted(numbers, names().getFirst(), names().getLast());
    }
}
