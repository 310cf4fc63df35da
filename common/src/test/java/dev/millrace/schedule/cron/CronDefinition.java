package dev.millrace.schedule.cron;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * What the package's description says, written down once more word for word, without a thought to speed and without a
 * line in common with the code: the tests' judge. It takes correct expressions of five or six fields only.
 */
public final class CronDefinition {

    private static final List<String> MONTHS =
            List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
    private static final List<String> WEEKDAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

    private final int[] secondsOfDay;
    private final boolean[] months;
    private final Predicate<LocalDate> ofMonth;
    private final Predicate<LocalDate> ofWeek;
    private final boolean eitherDay;

    public CronDefinition(String expression, DayMatch match) {
        List<String> fields = new ArrayList<>(
                Arrays.asList(expression.strip().toUpperCase(Locale.ROOT).split("[ \t]+", -1)));
        if (fields.size() == 5) {
            fields.addFirst("0");
        }
        boolean[] seconds = table(fields.get(0), 0, 59, List.of());
        boolean[] minutes = table(fields.get(1), 0, 59, List.of());
        boolean[] hours = table(fields.get(2), 0, 23, List.of());
        this.secondsOfDay = IntStream.range(0, 86_400)
                .filter(second -> hours[second / 3600] && minutes[second / 60 % 60] && seconds[second % 60])
                .toArray();
        this.ofMonth = anyOf(fields.get(3), CronDefinition::dayOfMonth);
        this.months = table(fields.get(4), 1, 12, MONTHS);
        this.ofWeek = anyOf(fields.get(5), CronDefinition::dayOfWeek);
        this.eitherDay = match == DayMatch.EITHER && restricted(fields.get(3)) && restricted(fields.get(5));
    }

    private static boolean restricted(String dayField) {
        return !dayField.equals("*") && !dayField.equals("?");
    }

    /** The first admitted seconds that are not before the start, as many as wanted, but none after the end. */
    List<LocalDateTime> from(LocalDateTime start, LocalDateTime end, int wanted) {
        List<LocalDateTime> found = new ArrayList<>();
        for (LocalDate day = start.toLocalDate(); !day.atStartOfDay().isAfter(end); day = day.plusDays(1)) {
            if (found.size() < wanted && admits(day)) {
                addTimes(day, start, end, wanted, found);
            }
        }
        return found;
    }

    private void addTimes(
            LocalDate day, LocalDateTime start, LocalDateTime end, int wanted, List<LocalDateTime> found) {
        for (int i = 0; i < secondsOfDay.length && found.size() < wanted; i++) {
            LocalDateTime time = day.atStartOfDay().plusSeconds(secondsOfDay[i]);
            if (!time.isBefore(start) && !time.isAfter(end)) {
                found.add(time);
            }
        }
    }

    /** The admitted seconds of an admitted day, counted from its midnight. */
    public IntStream secondsOfDay() {
        return Arrays.stream(secondsOfDay);
    }

    public boolean admits(LocalDate day) {
        if (!months[day.getMonthValue()]) {
            return false;
        }
        return eitherDay ? ofMonth.test(day) || ofWeek.test(day) : ofMonth.test(day) && ofWeek.test(day);
    }

    private static Predicate<LocalDate> anyOf(String field, Function<String, Predicate<LocalDate>> item) {
        return Arrays.stream(field.split(",", -1)).map(item).reduce(day -> false, Predicate::or);
    }

    private static Predicate<LocalDate> dayOfMonth(String item) {
        if (item.equals("?")) {
            return date -> true;
        }
        if (item.equals("L")) {
            return date -> date.equals(daysOfMonth(date).getLast());
        }
        if (item.equals("LW")) {
            return date -> date.equals(weekdaysOfMonth(date).getLast());
        }
        if (item.startsWith("L-")) {
            int before = Integer.parseInt(item.substring(2));
            return date -> date.getDayOfMonth() == daysOfMonth(date).size() - before;
        }
        if (item.endsWith("W")) {
            int day = Integer.parseInt(item.substring(0, item.length() - 1));
            return date -> day <= daysOfMonth(date).size() && date.equals(nearest(day, date));
        }
        boolean[] days = table(item, 1, 31, List.of());
        return date -> days[date.getDayOfMonth()];
    }

    private static LocalDate nearest(int day, LocalDate date) {
        Comparator<LocalDate> distance = Comparator.comparingInt(some -> Math.abs(some.getDayOfMonth() - day));
        return weekdaysOfMonth(date).stream().min(distance).orElseThrow();
    }

    private static Predicate<LocalDate> dayOfWeek(String item) {
        if (item.equals("?")) {
            return date -> true;
        }
        if (item.endsWith("L")) {
            int weekday = number(item.substring(0, item.length() - 1), 0, WEEKDAYS) % 7;
            return date ->
                    weekday(date) == weekday && date.equals(sameWeekday(date).getLast());
        }
        if (item.contains("#")) {
            int weekday = number(item.split("#", -1)[0], 0, WEEKDAYS) % 7;
            int nth = Integer.parseInt(item.split("#", -1)[1]);
            return date -> weekday(date) == weekday && sameWeekday(date).indexOf(date) == nth - 1;
        }
        boolean[] days = table(item, 0, 6, WEEKDAYS);
        return date -> days[weekday(date)];
    }

    private static int weekday(LocalDate date) {
        return date.getDayOfWeek().getValue() % 7;
    }

    private static List<LocalDate> sameWeekday(LocalDate date) {
        return daysOfMonth(date).stream()
                .filter(day -> day.getDayOfWeek() == date.getDayOfWeek())
                .toList();
    }

    private static List<LocalDate> daysOfMonth(LocalDate date) {
        return IntStream.rangeClosed(1, date.lengthOfMonth())
                .mapToObj(date::withDayOfMonth)
                .toList();
    }

    private static List<LocalDate> weekdaysOfMonth(LocalDate date) {
        return daysOfMonth(date).stream()
                .filter(day -> day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY)
                .toList();
    }

    /** Counts the range from its start to its end, and takes each step-th. */
    private static boolean plain(String item, int min, int max, List<String> names, int wanted) {
        String[] parts = item.split("/", -1);
        int step = parts.length > 1 ? Integer.parseInt(parts[1]) : 1;
        List<Integer> range = range(parts[0], parts.length > 1, min, max, names);
        return IntStream.range(0, range.size()).anyMatch(i -> i % step == 0 && range.get(i) == wanted);
    }

    private static List<Integer> range(String text, boolean stepped, int min, int max, List<String> names) {
        if (text.equals("*")) {
            return counted(min, max, min, max);
        }
        String[] ends = text.split("-", -1);
        int from = number(ends[0], min, names);
        if (ends.length > 1) {
            return counted(from, number(ends[1], min, names), min, max);
        }
        return stepped ? counted(from, max, min, max) : List.of(from > max ? min : from);
    }

    /** Only the day of the week has a name for one beyond its last value, 7, which is Sunday as 0 is. */
    private static List<Integer> counted(int from, int to, int min, int max) {
        if (from <= to) {
            return IntStream.rangeClosed(from, to)
                    .mapToObj(value -> value > max ? min : value)
                    .toList();
        }
        List<Integer> round = new ArrayList<>();
        int value = from > max ? min : from;
        while (value != to) {
            round.add(value);
            value = value == max ? min : value + 1;
        }
        round.add(to);
        return round;
    }

    private static int number(String text, int first, List<String> names) {
        return names.contains(text) ? first + names.indexOf(text) : Integer.parseInt(text);
    }

    private static boolean[] table(String field, int min, int max, List<String> names) {
        boolean[] table = new boolean[max + 1];
        for (String item : field.split(",", -1)) {
            IntStream.rangeClosed(min, max).forEach(value -> table[value] |= plain(item, min, max, names, value));
        }
        return table;
    }
}
