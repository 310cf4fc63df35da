package dev.millrace.schedule.cron;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The text of one field.
 *
 * @param column of its first character in the expression, counted from 1
 */
record Word(String text, int column) {

    private static final Pattern WORD = Pattern.compile("[^ \\t]+");

    /** What blanks and tabs separate. */
    static List<Word> in(String expression) {
        return WORD.matcher(expression).results().map(Word::of).toList();
    }

    private static Word of(MatchResult found) {
        return new Word(found.group(), found.start() + 1);
    }

    /** The contract's rule: a day field is restricted unless its text is one of these two. */
    boolean restricts() {
        return !text.equals("*") && !text.equals("?");
    }

    BadCron problem(String expected) {
        return new BadCron(new CronProblem(column, expected, text));
    }
}
