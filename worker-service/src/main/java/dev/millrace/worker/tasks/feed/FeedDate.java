package dev.millrace.worker.tasks.feed;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Month;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the dates of feeds: RFC 822 with what RFC 5322 says of its obsolete forms, RFC 3339 and the shorter forms of
 * W3CDTF, and what C's {@code ctime} prints. The name of the day is not looked at. A date without a time is the
 * beginning of its day, and one without a zone is of UTC.
 */
final class FeedDate {

    private static final int LONGEST = 200;
    private static final Pattern COMMENT = Pattern.compile("\\([^()]*\\)");

    private static final Pattern NAME_BEFORE_OFFSET = Pattern.compile("^(?i:GMT|UTC?)(?=[+-])");

    private static final String TIME =
            "(?<hour>\\d{1,2})\\s*:\\s*(?<minute>\\d{2})(?:\\s*:\\s*(?<second>\\d{2})(?:[.,](?<fraction>\\d{1,9})\\d*)?)?";
    private static final String ZONE = "(?<zone>[A-Za-z]{1,5}(?:[+-]\\d{1,2}(?::?\\d{2})?)?|[+-]\\d{2}(?::?\\d{2})?)";
    private static final List<Pattern> FORMS = List.of(
            Pattern.compile("(?:[\\p{L}.]+\\s*,?\\s*)?(?<day>\\d{1,2})[\\s-]+(?<month>[A-Za-z]{3,9})\\.?[\\s-]+"
                    + "(?<year>\\d{2,4})(?:[\\s,]+" + TIME + "(?:\\s*" + ZONE + ")?)?"),
            Pattern.compile("(?<year>\\d{4})(?:-(?<month>\\d{1,2})(?:-(?<day>\\d{1,2})(?:[Tt\\s]\\s*" + TIME + "(?:\\s*"
                    + ZONE + ")?)?)?)?"),
            Pattern.compile("[A-Za-z]{3,9}\\s+(?<month>[A-Za-z]{3,9})\\s+(?<day>\\d{1,2})\\s+" + TIME + "(?:\\s+" + ZONE
                    + ")?\\s+(?<year>\\d{4})"));

    /** Of RFC 822, and those beside them that mean one thing only. In hours; a letter alone, see {@link #named}. */
    private static final Map<String, Integer> ZONES = Map.ofEntries(
            Map.entry("UT", 0),
            Map.entry("UTC", 0),
            Map.entry("GMT", 0),
            Map.entry("WET", 0),
            Map.entry("EST", -5),
            Map.entry("EDT", -4),
            Map.entry("CST", -6),
            Map.entry("CDT", -5),
            Map.entry("MST", -7),
            Map.entry("MDT", -6),
            Map.entry("PST", -8),
            Map.entry("PDT", -7),
            Map.entry("WEST", 1),
            Map.entry("CET", 1),
            Map.entry("CEST", 2),
            Map.entry("EET", 2),
            Map.entry("EEST", 3),
            Map.entry("MSK", 3),
            Map.entry("JST", 9),
            Map.entry("AEST", 10),
            Map.entry("AEDT", 11));

    private static final int THIS_CENTURY = 2000;
    private static final int LAST_CENTURY = 1900;
    private static final int CENTURY_TURNS_AT = 50;
    private static final int LAST_SECOND = 59;
    private static final int LEAP_SECOND = 60;
    private static final int NANO_DIGITS = 9;

    private FeedDate() {}

    /** The instant; null if the text is no date, or names a day, a time or a zone that does not exist. */
    static @Nullable Instant read(String text) {
        if (text.length() > LONGEST) {
            return null;
        }
        String date = COMMENT.matcher(text).replaceAll(" ").strip();
        return FORMS.stream()
                .map(form -> form.matcher(date))
                .filter(Matcher::matches)
                .findFirst()
                .flatMap(FeedDate::instant)
                .orElse(null);
    }

    private static Optional<Instant> instant(Matcher date) {
        try {
            LocalDate day = LocalDate.of(year(date.group("year")), month(date.group("month")), number(date, "day", 1));
            int second = number(date, "second", 0);
            LocalTime time = LocalTime.of(
                    number(date, "hour", 0), number(date, "minute", 0), Math.min(second, LAST_SECOND), nanos(date));
            return Optional.of(
                    day.atTime(time).plusSeconds(second == LEAP_SECOND ? 1 : 0).toInstant(zone(date.group("zone"))));
        } catch (DateTimeException impossible) {
            return Optional.empty();
        }
    }

    /** Two digits are of 1950 to 2049, three count from 1900. */
    private static int year(String digits) {
        int year = Integer.parseInt(digits);
        return switch (digits.length()) {
            case 2 -> year < CENTURY_TURNS_AT ? THIS_CENTURY + year : LAST_CENTURY + year;
            case 3 -> LAST_CENTURY + year;
            default -> year;
        };
    }

    /** A number, or the beginning of an English name. */
    private static int month(@Nullable String month) {
        if (month == null || Character.isDigit(month.charAt(0))) {
            return month == null ? 1 : Integer.parseInt(month);
        }
        return Arrays.stream(Month.values())
                .filter(one -> one.name().startsWith(month.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new DateTimeException("no month"))
                .getValue();
    }

    private static int number(Matcher date, String group, int ifMissing) {
        return date.group(group) == null ? ifMissing : Integer.parseInt(date.group(group));
    }

    private static int nanos(Matcher date) {
        String fraction = date.group("fraction");
        return fraction == null ? 0 : Integer.parseInt(fraction + "0".repeat(NANO_DIGITS - fraction.length()));
    }

    private static ZoneOffset zone(@Nullable String zone) {
        if (zone == null) {
            return ZoneOffset.UTC;
        }
        String offset = NAME_BEFORE_OFFSET.matcher(zone).replaceFirst("");
        return Character.isLetter(offset.charAt(0)) ? named(offset.toUpperCase(Locale.ROOT)) : ZoneOffset.of(offset);
    }

    /** RFC 822 got the military letters wrong, so that RFC 5322 takes each for UTC; there never was a J. */
    private static ZoneOffset named(String zone) {
        Integer hours = zone.length() == 1 && !zone.equals("J") ? Integer.valueOf(0) : ZONES.get(zone);
        if (hours == null) {
            throw new DateTimeException("no zone, or one of several with that name");
        }
        return ZoneOffset.ofHours(hours);
    }
}
