package dev.millrace.worker.tasks.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The dates of RFC 9110, section 5.6.7, in its three forms: {@code Sun, 06 Nov 1994 08:49:37 GMT}, and the obsolete
 * {@code Sunday, 06-Nov-94 08:49:37 GMT} and {@code Sun Nov  6 08:49:37 1994}. The day of the week is not checked.
 */
final class HttpDate {

    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final String MONTH = "(?<month>[a-z]{3})";
    private static final String DAY = "(?<day>[0-9]{1,2})";
    private static final String TIME = "(?<hour>[0-9]{2}):(?<minute>[0-9]{2}):(?<second>[0-5][0-9]|60)";
    private static final Pattern DATE_FIRST =
            form("[a-z]{3,9}, " + DAY + "[ -]" + MONTH + "[ -](?<year>[0-9]{4}|[0-9]{2}) " + TIME + " (?:GMT|UTC)");
    private static final Pattern MONTH_FIRST =
            form("[a-z]{3} " + MONTH + " +" + DAY + " " + TIME + " (?<year>[0-9]{4})");
    private static final int CENTURY = 100;
    private static final int HALF = 50;

    private HttpDate() {}

    /**
     * Reads a date.
     *
     * @param now decides on the century of a year of two digits: the year is at most 50 years from now, or in the past
     * @return empty if the text has none of the forms, or no calendar has the day
     */
    static Optional<Instant> parse(String text, Instant now) {
        return Stream.of(DATE_FIRST, MONTH_FIRST)
                .map(form -> form.matcher(text))
                .filter(Matcher::matches)
                .findFirst()
                .flatMap(parts -> instant(parts, now));
    }

    private static Optional<Instant> instant(Matcher parts, Instant now) {
        try {
            LocalDateTime minute = LocalDateTime.of(
                    year(parts.group("year"), now.atOffset(ZoneOffset.UTC).getYear()),
                    MONTHS.indexOf(parts.group("month").toLowerCase(Locale.ROOT)) + 1,
                    number(parts, "day"),
                    number(parts, "hour"),
                    number(parts, "minute"));
            return Optional.of(minute.plusSeconds(number(parts, "second")).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static int year(String digits, int thisYear) {
        int year = Integer.parseInt(digits);
        if (digits.length() == 4) {
            return year;
        }
        int sameCentury = thisYear - thisYear % CENTURY + year;
        return sameCentury > thisYear + HALF ? sameCentury - CENTURY : sameCentury;
    }

    private static int number(Matcher parts, String name) {
        return Integer.parseInt(parts.group(name));
    }

    private static Pattern form(String form) {
        return Pattern.compile(form, Pattern.CASE_INSENSITIVE);
    }
}
