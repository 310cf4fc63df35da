package dev.millrace.task;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method of a CDI bean a task that jobs can name.
 *
 * <p>The method takes its payload, and optionally a {@link TaskContext}; it returns a record, a JSON value, nothing, or
 * a {@code Uni} of one of these. Payload and result records carry {@code @RegisterForReflection}, so that the task also
 * runs in a native image. Methods are found when the worker is built: a duplicate name or a wrong signature fails the
 * build. A bean without a scope becomes {@code @ApplicationScoped}.
 *
 * <p>Each run has a virtual thread of its own, so the method may block. An exception ends the job {@code FAILED} with
 * its type, message and stack trace.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Task {

    /** The name that jobs use, unique among the tasks of a worker: 1 to 128 characters of {@code A-Za-z0-9._:-}. */
    String name();

    /** The queue of jobs that name no other. */
    String queue() default "default";

    /** How long one run may take, as an ISO-8601 duration; the run is then interrupted and the job ends TIMED_OUT. */
    String timeout() default "PT30M";

    /** One sentence for whoever picks this task from a list. */
    String description() default "";

    /**
     * Whether two runs at the same time do no harm. A task that says {@code false} is interrupted as soon as its worker
     * cannot be sure that it still holds the job; the default lets it go on until another worker is known to have it.
     * Either way the result of a run that was replaced is dropped.
     */
    boolean idempotent() default true;
}
