package dev.millrace.worker.tasks.email;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.Size;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file that goes with a mail.
 *
 * @param name what the file is called, 1 to 200 characters without a path
 * @param type its media type, such as {@code application/pdf}
 * @param base64 its bytes, in base64 without line breaks
 */
@RegisterForReflection
public record EmailAttachment(
        @Size(min = 1, max = LONGEST_NAME) String name, String type, String base64) {

    private static final int LONGEST_NAME = 200;
    private static final String TOKEN = "[A-Za-z0-9!#$&^_.+-]{1,80}";
    private static final Pattern TYPE =
            Pattern.compile("(?=.{1,500}$)" + TOKEN + "/" + TOKEN + "(; ?" + TOKEN + "=" + TOKEN + ")*");

    /** What is made of parts may not be in base64. */
    private static final Pattern COMPOSITE = Pattern.compile("(?i)multipart/");

    public EmailAttachment {
        requireName(name);
        requireType(type);
        requireBytes(base64);
    }

    byte[] bytes() {
        return decoded(base64);
    }

    // Missing properties arrive as null, whatever the types say.
    private static void requireName(@Nullable String name) {
        if (name == null || name.isBlank() || name.codePointCount(0, name.length()) > LONGEST_NAME) {
            throw new IllegalArgumentException(
                    "An attachment's name is missing or has more than %d characters.".formatted(LONGEST_NAME));
        }
        OneLine.require("An attachment's name", name);
        if (name.contains("/") || name.contains("\\")) {
            throw new IllegalArgumentException("An attachment has a path for a name: give its last part only.");
        }
    }

    private static void requireType(@Nullable String type) {
        if (type == null
                || !TYPE.matcher(type).matches()
                || COMPOSITE.matcher(type).lookingAt()) {
            throw new IllegalArgumentException(
                    "An attachment's type is missing or not a media type: write it as application/pdf.");
        }
    }

    private static void requireBytes(@Nullable String base64) {
        if (base64 == null) {
            throw new IllegalArgumentException("An attachment's base64 is missing: give its bytes.");
        }
        decoded(base64);
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("An attachment's base64 is broken: give it without line breaks.", e);
        }
    }
}
