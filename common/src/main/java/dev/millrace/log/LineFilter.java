package dev.millrace.log;

import io.quarkus.logging.LoggingFilter;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.stream.Collectors;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;

/**
 * Lets every record pass, after it was made fit for a log: message, values and thread name are {@link LogEscaping}, an
 * exception is {@link SafeThrowable}, and fields of a job that the record's thread only inherited are gone.
 *
 * <p>It stands before the handler, so that the text and the JSON format, and any other that a service is configured for,
 * get the same.
 */
@LoggingFilter(name = LineFilter.NAME)
public final class LineFilter implements Filter {

    /** As {@code quarkus.log.console.filter} names it. */
    static final String NAME = "line";

    private static final ExtFormatter MESSAGES = new ExtFormatter() {
        @Override
        public String format(ExtLogRecord line) {
            return formatMessage(line);
        }
    };

    @Override
    public boolean isLoggable(LogRecord record) {
        if (record instanceof ExtLogRecord line) {
            line.setMessage(LogEscaping.of(String.valueOf(MESSAGES.format(line))), ExtLogRecord.FormatStyle.NO_FORMAT);
            line.setParameters(null);
            complete(line);
            Map<String, String> fields = fields(line);
            line.setMdc(fields);
            line.setNdc(asText(fields));
            line.setThreadName(LogEscaping.of(String.valueOf(line.getThreadName())));
        }
        return true;
    }

    private static void complete(ExtLogRecord line) {
        Throwable thrown = line.getThrown();
        if (thrown != null && !(thrown instanceof SafeThrowable)) {
            line.setThrown(SafeThrowable.of(thrown));
        }
    }

    // For patterns: %X would put braces around nothing.
    private static String asText(Map<String, String> fields) {
        return new TreeMap<>(fields)
                .entrySet().stream()
                        .map(field -> " " + field.getKey() + "=" + field.getValue())
                        .collect(Collectors.joining());
    }

    private static Map<String, String> fields(ExtLogRecord line) {
        Map<String, String> fields = LogContext.ofThread(line.getLongThreadID(), line.getMdcCopy());
        fields.replaceAll((name, value) -> LogEscaping.of(value));
        return fields;
    }
}
