package dev.millrace.task;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a value of a payload or a result that few may see, such as a password. Whatever it is, a text, a number, a list, a record, all
 * of it is meant. In the JSON Schema of its task it is {@code "x-sensitive": true}.
 *
 * <p>The api shows {@code "***"} in its place to callers below operator. The worker writes {@code ***} where a value of a
 * payload, of four characters or more, occurs in an error of the run, in the message of its progress, or in a line that is logged
 * on its thread, on virtual threads that it starts, or by its {@link TaskContext#logger()}. The task itself gets the value. What is
 * made of a value, such as a part or a hash of it, is not recognised; neither is a value in a name, a tag or metadata. It lies
 * readable in Redis and PostgreSQL.
 */
@Documented
@Target({ElementType.FIELD, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Sensitive {}
