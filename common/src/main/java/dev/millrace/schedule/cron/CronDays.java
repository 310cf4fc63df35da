package dev.millrace.schedule.cron;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The dates that an expression admits.
 *
 * @param either whether one of the two day fields is enough; else both must admit the date
 */
record CronDays(List<DayRule> ofMonth, Values months, List<DayRule> ofWeek, boolean either) {

    /** Dates and weekdays of the Gregorian calendar repeat after 146,097 days, which are 20,871 weeks. */
    private static final int CYCLE_IN_YEARS = 400;

    /** The first of them that is not before this one; none if there is none at all. */
    Optional<LocalDate> from(LocalDate start) {
        LocalDate end = start.plusYears(CYCLE_IN_YEARS);
        LocalDate date = start;
        while (date.isBefore(end) && !admits(date)) {
            date = months.has(date.getMonthValue()) ? date.plusDays(1) : firstOfNextMonth(date);
        }
        return date.isBefore(end) ? Optional.of(date) : Optional.empty();
    }

    boolean admits(LocalDate date) {
        return months.has(date.getMonthValue()) && admitsDay(date);
    }

    private boolean admitsDay(LocalDate date) {
        return either
                ? anyAdmits(ofMonth, date) || anyAdmits(ofWeek, date)
                : anyAdmits(ofMonth, date) && anyAdmits(ofWeek, date);
    }

    private static boolean anyAdmits(List<DayRule> rules, LocalDate date) {
        for (DayRule rule : rules) {
            if (rule.admits(date)) {
                return true;
            }
        }
        return false;
    }

    boolean anyOfMonth() {
        return ofMonth.contains(DayRule.MonthDays.of(Span.all(CronField.DAY_OF_MONTH)));
    }

    boolean anyOfWeek() {
        return ofWeek.contains(DayRule.Weekdays.of(Span.all(CronField.DAY_OF_WEEK)));
    }

    private static LocalDate firstOfNextMonth(LocalDate date) {
        return date.plusMonths(1).withDayOfMonth(1);
    }
}
