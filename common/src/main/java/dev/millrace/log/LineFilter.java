package dev.millrace.log;

import io.quarkus.logging.LoggingFilter;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.stream.Collectors;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;

/**
 * Lets every record pass, after it was made fit for a log: message, values and thread name are {@link LogEscaping}, an
 * exception is {@link SafeThrowable}, fields of a job that the record's thread only inherited are gone, and so are the
 * {@link LineSecrets} of its job.
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
            Map<String, String> fields = LogContext.ofThread(line.getLongThreadID(), line.getMdcCopy());
            UnaryOperator<String> withoutSecrets = LineSecrets.masking(fields);
            line.setMessage(
                    LogEscaping.of(withoutSecrets.apply(String.valueOf(MESSAGES.format(line)))),
                    ExtLogRecord.FormatStyle.NO_FORMAT);
            line.setParameters(null);
            complete(line, withoutSecrets);
            fields.replaceAll((name, value) ->
                    LogEscaping.of(LogContext.JOB_FIELDS.contains(name) ? value : withoutSecrets.apply(value)));
            line.setMdc(fields);
            line.setNdc(asText(fields));
            line.setThreadName(LogEscaping.of(String.valueOf(line.getThreadName())));
        }
        return true;
    }

    private static void complete(ExtLogRecord line, UnaryOperator<String> withoutSecrets) {
        Throwable thrown = line.getThrown();
        if (thrown != null && !(thrown instanceof SafeThrowable)) {
            line.setThrown(SafeThrowable.of(thrown, withoutSecrets));
        }
    }

    // For patterns: %X would put braces around nothing.
    private static String asText(Map<String, String> fields) {
        return new TreeMap<>(fields)
                .entrySet().stream()
                        .map(field -> " " + field.getKey() + "=" + field.getValue())
                        .collect(Collectors.joining());
    }
}
