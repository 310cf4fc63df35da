package dev.millrace.names;

import java.util.regex.Pattern;

/** The one rule for names of tasks, queues, tenants, schedules, tags and processes. */
public final class Names {

    /** The rule as a sentence has it. */
    public static final String RULE = "1 to 128 characters of A-Z a-z 0-9 . _ : -";

    private static final Pattern PATTERN = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

    private Names() {}

    public static boolean isName(String text) {
        return PATTERN.matcher(text).matches();
    }

    /**
     * Returns if a text is a name. The message does not quote it, since it may be anything.
     *
     * @param what it names, as the start of a sentence
     * @throws IllegalArgumentException if it is none
     */
    public static void check(String what, String text) {
        if (!isName(text)) {
            throw new IllegalArgumentException(what + " has " + RULE + ", which this one has not.");
        }
    }
}
