package dev.millrace.schedule.trigger;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lengths of time in English. */
final class DurationWords {

    private DurationWords() {}

    /** As it follows "every": {@code 5 minutes}, but {@code hour} and not "1 hour". */
    static String every(Duration length) {
        String words = counted(length);
        return words.matches("1 \\w+") ? words.substring(2) : words;
    }

    /** {@code 1 hour 30 minutes}; what is finer than a second is left out. */
    static String counted(Duration length) {
        return Stream.of(
                        part(length.toDays(), "day"),
                        part(length.toHoursPart(), "hour"),
                        part(length.toMinutesPart(), "minute"),
                        part(length.toSecondsPart(), "second"))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
    }

    private static String part(long count, String unit) {
        if (count == 0) {
            return "";
        }
        return count == 1 ? "1 " + unit : count + " " + unit + "s";
    }
}
