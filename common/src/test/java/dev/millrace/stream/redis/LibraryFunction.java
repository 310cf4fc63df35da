package dev.millrace.stream.redis;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A function of the library as its header and its body are written. */
record LibraryFunction(String name, String header, String body) {

    private static final Pattern REGISTERED = Pattern.compile(
            "(?s)(?:--\\[\\[ ((?:(?!\\]\\]).)*?)\\s*\\]\\]\\n)?register(?:_always)?\\('(\\w+)', (.*?)(?=\\n\\n|\\z)");
    private static final Pattern HEADER =
            Pattern.compile("(?s)(\\w+) [a-z].+?\\nKEYS (.+)\\nARGV (.+)\\n→ (.+)\\nAfter a crash behind it: (.+\\.)");

    static List<LibraryFunction> of(String source) {
        return REGISTERED.matcher(source).results().map(LibraryFunction::of).toList();
    }

    private static LibraryFunction of(MatchResult found) {
        String header = found.group(1) == null ? "" : found.group(1);
        return new LibraryFunction(found.group(2), header, found.group(3));
    }

    /** Whether the header names this function and has all four parts, in their order. */
    boolean isDescribed() {
        Matcher header = HEADER.matcher(this.header);
        return header.matches() && header.group(1).equals(name);
    }

    Shape keys() {
        return shape(2);
    }

    Shape arguments() {
        return shape(3);
    }

    /** The highest number with which the body names one of {@code K} or {@code A}; 0 if it names none. */
    int highest(String list) {
        return Pattern.compile("\\b" + list + "\\[(\\d+)\\]")
                .matcher(body)
                .results()
                .mapToInt(index -> Integer.parseInt(index.group(1)))
                .max()
                .orElse(0);
    }

    private Shape shape(int group) {
        Matcher parsed = HEADER.matcher(header);
        if (!parsed.matches()) {
            throw new AssertionError("The header of " + name + " does not have the form that base.lua describes.");
        }
        return Shape.parse(parsed.group(group).replace("\n", " "));
    }
}
