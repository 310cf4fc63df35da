package dev.millrace.log;

import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Knows which exceptions quote, in their message, data that they could not take: a payload's text, a column's value. Their
 * messages do not belong into the log. Millrace's own are marked with {@link QuotesData}; those of libraries are known by
 * the type's name, for not every service has these libraries.
 */
final class DataQuotingExceptions {

    /** Libraries that parse what clients sent. */
    private static final List<String> OF_DATA = List.of("com.fasterxml.jackson.", "com.networknt.");

    private static final List<Class<? extends Throwable>> PARSERS =
            List.of(NumberFormatException.class, DateTimeException.class, URISyntaxException.class);

    private static final List<String> OF_DATABASES = List.of("io.vertx.pgclient.", "org.postgresql.");

    /** The classes of SQLSTATE that speak of the server, and not of what it was given. */
    private static final Pattern ABOUT_THE_SERVER = Pattern.compile("\\((08|28|3D|53|55|57|58)\\w{3}\\)$");

    private DataQuotingExceptions() {}

    /** Whether its message must not be told; what wraps such an exception repeats its message. */
    static boolean mayQuote(Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < 10; depth++) {
            if (quotes(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static boolean quotes(Throwable thrown) {
        String type = thrown.getClass().getName();
        return thrown instanceof QuotesData
                || startsWithOne(OF_DATA, type)
                || PARSERS.stream().anyMatch(parser -> parser.isInstance(thrown))
                || startsWithOne(OF_DATABASES, type) && !isAboutTheServer(thrown);
    }

    private static boolean isAboutTheServer(Throwable thrown) {
        return ABOUT_THE_SERVER.matcher(String.valueOf(thrown.getMessage())).find();
    }

    private static boolean startsWithOne(List<String> prefixes, String type) {
        return prefixes.stream().anyMatch(type::startsWith);
    }
}
