package dev.millrace.schedule.cron;

/**
 * Why a text is no cron expression.
 *
 * @param column of the first character that is wrong, counted from 1; one past the last if something is missing there
 * @param expected what may stand there, as it goes into a sentence: {@code a minute, 0 to 59}
 * @param found what stands there, at most {@link #LONGEST_FOUND} characters of it; empty if a field or the text ends
 */
public record CronProblem(int column, String expected, String found) {

    public static final int LONGEST_FOUND = 20;

    public CronProblem {
        found = found.length() > LONGEST_FOUND ? found.substring(0, LONGEST_FOUND) : found;
    }

    /** As users see it. */
    public String sentence() {
        return "Column %d: expected %s, found %s.".formatted(column, expected, found.isEmpty() ? "nothing" : quoted());
    }

    private String quoted() {
        return "'" + found + "'";
    }
}
