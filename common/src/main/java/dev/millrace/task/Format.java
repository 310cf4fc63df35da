package dev.millrace.task;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives a text of a payload a format, as the JSON Schema of its task has it. The api refuses a job whose payload has a text of
 * another form. It knows the formats of JSON Schema, such as {@code email}, {@code uri} and {@code hostname}, and those that
 * are named here; one that nobody knows says nothing. The format of a {@code Duration}, an {@code Instant} and a {@code UUID}
 * goes without saying.
 */
@Documented
@Target({ElementType.FIELD, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Format {

    /** A mail address, alone or with a name: {@code jane@example.org}, {@code Jane Doe <jane@example.org>}. */
    String MAILBOX = "mailbox";

    /** A URL that begins with {@code http://} or {@code https://} and has a host. */
    String HTTP_URL = "http-url";

    /** The name of the format. */
    String value();
}
