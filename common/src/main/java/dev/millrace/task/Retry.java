package dev.millrace.task;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How often a task is tried, and how long it waits in between. What is not said here is as the worker is configured for
 * the queue, or in general; a job may say each part otherwise for itself.
 *
 * <p>{@link dev.millrace.retry.Backoff} has the formula of the wait. A value out of bounds fails the build.
 */
@Documented
@Target({})
@Retention(RetentionPolicy.RUNTIME)
public @interface Retry {

    /** The first attempt included, 1 to 10,000; 0: as configured, 4 if nothing is. */
    int maxAttempts() default 0;

    /** {@code fixed} or {@code exponential}; empty: as configured, exponential if nothing is. */
    String backoff() default "";

    /** The first wait, an ISO-8601 duration of PT0S to P30D; empty: as configured, PT1S if nothing is. */
    String base() default "";

    /** By which a wait exceeds the one before, 1 to 100; 0: as configured, 2 if nothing is. */
    double factor() default 0;

    /** The longest wait, an ISO-8601 duration up to P30D; empty: as configured, PT10M if nothing is. */
    String max() default "";

    /** {@code full}: each wait is drawn evenly from zero to its length. {@code none}: it has its length. Empty: as configured. */
    String jitter() default "";
}
