package dev.millrace.schedule.cron;

import static dev.millrace.schedule.cron.EnglishWords.ordinal;
import static dev.millrace.schedule.cron.EnglishWords.runs;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;

/** One element of a day field: says for each date whether it admits it. */
sealed interface DayRule {

    boolean admits(LocalDate date);

    /** In English, as it goes on after "on". */
    String words();

    /** {@code 15}, {@code 1-5}, {@code *}: a month without such a day has none. */
    record MonthDays(Values days) implements DayRule {
        static MonthDays of(Span span) {
            return new MonthDays(Values.of(span.field(), List.of(span)));
        }

        @Override
        public boolean admits(LocalDate date) {
            return days.has(date.getDayOfMonth());
        }

        @Override
        public String words() {
            return (days.size() == 1 ? "day " : "days ") + runs(days.each(), Integer::toString);
        }
    }

    /** {@code L}, or {@code L-3} for the third day before the last. */
    record LastDay(int before) implements DayRule {
        @Override
        public boolean admits(LocalDate date) {
            return date.getDayOfMonth() == date.lengthOfMonth() - before;
        }

        @Override
        public String words() {
            return switch (before) {
                case 0 -> "the last day";
                case 1 -> "the day before the last";
                default -> "the %s day before the last".formatted(ordinal(before));
            };
        }
    }

    /** {@code 15W}: Monday to Friday nearest to that day, within its month; a month without such a day has none. */
    record NearestWeekday(int day) implements DayRule {
        @Override
        public boolean admits(LocalDate date) {
            return day <= date.lengthOfMonth() && date.equals(nearestTo(date.withDayOfMonth(day)));
        }

        private static LocalDate nearestTo(LocalDate date) {
            int day = date.getDayOfMonth();
            return switch (date.getDayOfWeek()) {
                case SATURDAY -> date.plusDays(day == 1 ? 2 : -1);
                case SUNDAY -> date.plusDays(day == date.lengthOfMonth() ? -2 : 1);
                case MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY -> date;
            };
        }

        @Override
        public String words() {
            return "the weekday nearest to day " + day;
        }
    }

    /** {@code LW}: the last of Monday to Friday in the month. */
    record LastWeekday() implements DayRule {
        @Override
        public boolean admits(LocalDate date) {
            return new NearestWeekday(date.lengthOfMonth()).admits(date);
        }

        @Override
        public String words() {
            return "the last weekday";
        }
    }

    /** {@code MON-FRI}, {@code 0}, {@code *}. */
    record Weekdays(Values days) implements DayRule {
        static Weekdays of(Span span) {
            return new Weekdays(Values.of(span.field(), List.of(span)));
        }

        @Override
        public boolean admits(LocalDate date) {
            return days.has(date.getDayOfWeek().getValue() % 7);
        }

        @Override
        public String words() {
            return runs(days.each().map(DayRule::fromMonday).sorted(), day -> name(DayOfWeek.of(day)));
        }
    }

    /** {@code FRI#2}: the second Friday; a month without a fifth one has none. */
    record NthWeekday(DayOfWeek weekday, int nth) implements DayRule {
        @Override
        public boolean admits(LocalDate date) {
            return date.getDayOfWeek() == weekday && (date.getDayOfMonth() - 1) / 7 == nth - 1;
        }

        @Override
        public String words() {
            return "the %s %s of the month".formatted(ordinal(nth), name(weekday));
        }
    }

    /** {@code FRIL}: the last Friday of the month. */
    record LastSuchWeekday(DayOfWeek weekday) implements DayRule {
        @Override
        public boolean admits(LocalDate date) {
            return date.getDayOfWeek() == weekday && date.getDayOfMonth() + 7 > date.lengthOfMonth();
        }

        @Override
        public String words() {
            return "the last %s of the month".formatted(name(weekday));
        }
    }

    /** Cron counts days of the week from Sunday, which is 0; here it is 7. */
    private static int fromMonday(int day) {
        return day == 0 ? 7 : day;
    }

    private static String name(DayOfWeek weekday) {
        return weekday.getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    }
}
