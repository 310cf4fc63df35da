package dev.millrace.task;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says that a payload record has one or more of these components; null counts as none. The JSON Schema of its task says so by
 * {@code not}, since {@code anyOf} would name each of them as missing. The api refuses a job whose payload has none.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface AtLeastOneOf {

    /** Two or more names of components that are not required. */
    String[] value();
}
