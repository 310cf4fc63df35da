package dev.millrace.worker.outbound.content;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an answer says of its content.
 *
 * @param type the media type in lower case, such as {@code text/html}; empty if there is none
 * @param charsetName as it is written; empty if the field names none
 */
public record ContentType(String type, Optional<String> charsetName) {

    private static final Pattern CHARSET = Pattern.compile("(?i);\\s*charset\\s*=\\s*[\"']?([A-Za-z0-9._:+-]+)");

    /** Reads the field; of a parameter that stands there twice the first counts. */
    public static ContentType of(String field) {
        Matcher charset = CHARSET.matcher(field);
        String type = field.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return new ContentType(type, charset.find() ? Optional.of(charset.group(1)) : Optional.empty());
    }

    /** The charset of that name; empty if there is no name, or this JVM knows no such charset. */
    public Optional<Charset> charset() {
        try {
            return charsetName.map(Charset::forName);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return Optional.empty();
        }
    }
}
