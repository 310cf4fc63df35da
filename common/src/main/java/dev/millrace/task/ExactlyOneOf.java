package dev.millrace.task;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says that a payload record has one of these components and no other of them; null counts as none. The JSON Schema of its
 * task says so by {@code oneOf}, and the api refuses a job whose payload has none or several.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface ExactlyOneOf {

    /** Two or more names of components that are not required. */
    String[] value();
}
