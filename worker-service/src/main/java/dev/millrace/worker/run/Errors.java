package dev.millrace.worker.run;

import dev.millrace.job.JobError;
import dev.millrace.sensitive.Secrets;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Makes errors of jobs that any store takes: bounded, and without characters that PostgreSQL refuses. */
final class Errors {

    static final int MAX_MESSAGE = 4 * 1024;
    static final int MAX_STACK = 32 * 1024;

    private Errors() {}

    /** Secrets are taken out before anything is cut, so that no half of one stays. */
    static JobError of(Throwable thrown, Secrets secrets) {
        String message = thrown.getMessage();
        return new JobError(
                thrown.getClass().getName(),
                clean(message == null ? null : secrets.maskedIn(message), MAX_MESSAGE),
                clean(secrets.maskedIn(stackTrace(thrown)), MAX_STACK));
    }

    static JobError ranTooLong(Duration timeout) {
        return new JobError("TimeLimitExceeded", "It ran longer than its task's limit of " + timeout + ".", null);
    }

    static JobError badResult(String sentence) {
        return new JobError("ResultRefused", sentence, null);
    }

    private static String stackTrace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    static @Nullable String clean(@Nullable String text, int atMost) {
        if (text == null) {
            return null;
        }
        StringBuilder clean = new StringBuilder(Math.min(text.length(), atMost));
        text.codePoints().limit(atMost).map(Errors::storable).forEach(clean::appendCodePoint);
        return clean.toString();
    }

    private static int storable(int codePoint) {
        boolean surrogate = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
        return codePoint == 0 || surrogate ? 0xFFFD : codePoint;
    }
}
