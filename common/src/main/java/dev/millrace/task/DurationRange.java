package dev.millrace.task;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Bounds a {@code Duration} of a payload. Both ends are admitted. In the JSON Schema of its task it is {@code formatMinimum} and
 * {@code formatMaximum}, and the api refuses a job whose payload has a duration beyond them.
 */
@Documented
@Target({ElementType.FIELD, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
public @interface DurationRange {

    /** The shortest, in ISO-8601. */
    String min() default "PT0S";

    /** The longest, in ISO-8601. */
    String max();
}
