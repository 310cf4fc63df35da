package dev.millrace.api.catalog.tasks;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.format.Format;
import java.util.regex.Pattern;

/**
 * The format {@code http-url}: something behind {@code http://} or {@code https://}. Only its beginning is looked at, so that it
 * refuses nothing that a task takes; tasks look closer.
 */
final class HttpUrlText implements Format {

    private static final Pattern BEGINNING = Pattern.compile("(?i)\\s*https?://[^/?#\\s]");

    @Override
    public String getName() {
        return "http-url";
    }

    @Override
    public boolean matches(ExecutionContext context, String text) {
        return BEGINNING.matcher(text).lookingAt();
    }
}
