package dev.millrace.schedule.cron;

import static dev.millrace.schedule.cron.EnglishWords.listed;
import static dev.millrace.schedule.cron.EnglishWords.ordinal;
import static dev.millrace.schedule.cron.EnglishWords.runs;

import java.time.Month;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Says an expression in English. It speaks of the times that are admitted, not of how they were written: minutes
 * {@code 0/30} and {@code 0,30} read the same, and minutes {@code 0/7} are not "every 7 minutes", since they are not.
 */
final class CronWords {

    /** Up to so many times of day are listed one by one. */
    private static final int FEW = 6;

    private CronWords() {}

    static String of(CronTimes times, CronDays days) {
        String day = day(days);
        String time = few(times) ? "at " + timesOfDay(times) + (day.isEmpty() ? " every day" : "") : clock(times);
        return time + day + months(days.months());
    }

    private static boolean few(CronTimes times) {
        return times.hours().size() * times.minutes().size() * times.seconds().size() <= FEW;
    }

    private static String timesOfDay(CronTimes times) {
        String form = onTheMinute(times) ? "%02d:%02d" : "%02d:%02d:%02d";
        List<String> words = new ArrayList<>();
        for (int hour : times.hours().each().toArray()) {
            for (int minute : times.minutes().each().toArray()) {
                times.seconds().each().forEach(second -> words.add(form.formatted(hour, minute, second)));
            }
        }
        return listed(words);
    }

    private static boolean onTheMinute(CronTimes times) {
        return isZero(times.seconds());
    }

    private static boolean isZero(Values values) {
        return values.bits() == 1;
    }

    /** From the finest field that says something up to the hours. */
    private static String clock(CronTimes times) {
        if (onTheMinute(times) && isZero(times.minutes()) && times.hours().all()) {
            return "every hour";
        }
        return Stream.of(seconds(times), minutes(times), hours(times))
                .filter(words -> !words.isEmpty())
                .collect(Collectors.joining(" "));
    }

    private static String seconds(CronTimes times) {
        return onTheMinute(times) ? "" : counted("second", times.seconds());
    }

    private static String minutes(CronTimes times) {
        if (onTheMinute(times)) {
            return counted("minute", times.minutes());
        }
        return times.minutes().all() ? "" : "in " + named("minute", times.minutes());
    }

    private static String hours(CronTimes times) {
        if (times.hours().all()) {
            return step(times.minutes()) > 0 ? "" : "of every hour";
        }
        int step = step(times.hours());
        return step > 0 ? "of every " + ordinal(step) + " hour" : "in " + named("hour", times.hours());
    }

    private static String counted(String unit, Values values) {
        return switch (step(values)) {
            case 0 -> "at " + named(unit, values);
            case 1 -> "every " + unit;
            default -> "every " + step(values) + " " + unit + "s";
        };
    }

    private static String named(String unit, Values values) {
        return (values.size() == 1 ? unit : unit + "s") + " " + runs(values.each(), Integer::toString);
    }

    /** By how much each value follows the one before if that goes on evenly all round, else 0. */
    private static int step(Values values) {
        int step = values.field().size() / values.size();
        boolean evenly = values.equals(Values.of(
                values.field(),
                List.of(Span.of(values.field(), 0, values.field().last(), step))));
        return evenly && values.size() > 1 && values.field().size() % step == 0 ? step : 0;
    }

    private static String months(Values months) {
        return months.all() ? "" : " in " + runs(months.each(), CronWords::month);
    }

    private static String month(int month) {
        return Month.of(month).getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    }

    private static String day(CronDays days) {
        if (days.either()) {
            return " on " + ofMonth(days) + " or on " + words(days.ofWeek());
        }
        if (days.anyOfMonth()) {
            return days.anyOfWeek() ? "" : " on " + words(days.ofWeek());
        }
        return " on " + ofMonth(days) + (days.anyOfWeek() ? "" : " if it is " + words(days.ofWeek()));
    }

    private static String ofMonth(CronDays days) {
        return words(days.ofMonth()) + " of the month";
    }

    private static String words(List<DayRule> rules) {
        return listed(rules.stream().map(DayRule::words).toList());
    }
}
