package dev.millrace.api.catalog.tasks;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.format.Format;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Period;

/**
 * The format {@code duration} as Java reads and writes it. RFC 3339 knows no fractions of a second and no sign, so that
 * the library's own would refuse {@code PT0.5S}, which tasks write and read.
 */
final class DurationText implements Format {

    @Override
    public String getName() {
        return "duration";
    }

    @Override
    public boolean matches(ExecutionContext context, String text) {
        return isDuration(text) || isPeriod(text);
    }

    private static boolean isDuration(String text) {
        try {
            return Duration.parse(text) != null;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean isPeriod(String text) {
        try {
            return Period.parse(text) != null;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
