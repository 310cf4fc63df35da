package dev.millrace.worker.tasks;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Long texts in tables: <code>{x*3}</code> is {@code xxx}, and <code>{u#,*3}</code> is {@code u0,u1,u2,}. */
public final class Repeats {

    private static final Pattern REPEATED = Pattern.compile("\\{([^{}*]+)\\*(\\d+)}");

    private Repeats() {}

    public static String expanded(String text) {
        return REPEATED.matcher(text).replaceAll(Repeats::repeated);
    }

    private static String repeated(MatchResult repeat) {
        return Matcher.quoteReplacement(IntStream.range(0, Integer.parseInt(repeat.group(2)))
                .mapToObj(i -> repeat.group(1).replace("#", Integer.toString(i)))
                .collect(Collectors.joining()));
    }
}
