package dev.millrace.job;

import java.util.regex.Pattern;

/** The one rule for names of tasks and queues. */
final class Names {

    private static final Pattern RULE = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

    private Names() {}

    static void check(String what, String value) {
        if (!RULE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "A " + what + "'s name has 1 to 128 characters of A-Z a-z 0-9 . _ : -, which this one has not.");
        }
    }
}
