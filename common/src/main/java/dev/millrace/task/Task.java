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
 * <p>Each run has a virtual thread of its own, so the method may block.
 *
 * <h2>What an exception does</h2>
 *
 * <table>
 * <caption>The first row that fits</caption>
 * <tr><th>thrown</th><th>the job</th></tr>
 * <tr><td>anything, after the job was cancelled</td><td>ends CANCELLED</td></tr>
 * <tr><td>{@link Snooze}</td><td>runs again after its delay, as the same attempt</td></tr>
 * <tr><td>{@link RetryLater}</td><td>runs again after its delay, as the next attempt</td></tr>
 * <tr><td>{@link PermanentFailure}</td><td>ends FAILED</td></tr>
 * <tr><td>anything else, after the soft limit</td><td>ends TIMED_OUT</td></tr>
 * <tr><td>a type of {@link #failOn}, or none of a {@link #retryOn} that is not empty</td><td>ends FAILED</td></tr>
 * <tr><td>anything else</td><td>runs again after its back-off, as the next attempt</td></tr>
 * </table>
 *
 * A failure of the last attempt ends the job FAILED. Its error has the class name of what was thrown, the message and
 * the stack trace. A payload that does not fit and a result that cannot be kept fail the job at once.
 *
 * <h2>What survives</h2>
 *
 * A crash of the worker or of Redis repeats the run, with the attempt it had: only failures count. A wait for the next
 * attempt goes on whatever is restarted; if Redis loses its data, it may end early.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Task {

    /** The name that jobs use, unique among the tasks of a worker: 1 to 128 characters of {@code A-Za-z0-9._:-}. */
    String name();

    /** The queue of jobs that name no other. */
    String queue() default "default";

    /**
     * How long one run may take, as an ISO-8601 duration, waits between attempts not included. The run is then
     * interrupted and the job ends TIMED_OUT, whatever the method does; it is not tried again. Empty: what the worker is
     * configured to give, {@code PT30M} if nothing.
     */
    String timeout() default "";

    /**
     * After how long a run is asked to come to an end, as an ISO-8601 duration shorter than the timeout: {@link
     * TaskContext#cancelled} turns true, the thread is interrupted once, and {@link SoftTimeLimitExceeded} comes out of
     * the next {@link TaskContext#progress} or {@link TaskContext#sleep}. Empty: as the worker is configured, or never.
     */
    String softTimeout() default "";

    /** How often and when it is tried again. */
    Retry retry() default @Retry;

    /**
     * The only exceptions after which another attempt may help, with their subclasses. Empty: all but those of {@link
     * #failOn}.
     */
    Class<? extends Throwable>[] retryOn() default {};

    /** Exceptions after which another attempt does not help, with their subclasses. Goes before {@link #retryOn}. */
    Class<? extends Throwable>[] failOn() default {};

    /** One sentence for whoever picks this task from a list. */
    String description() default "";

    /**
     * Whether two runs at the same time do no harm. A task that says {@code false} is interrupted as soon as its worker
     * cannot be sure that it still holds the job; the default lets it go on until another worker is known to have it.
     * Either way the result of a run that was replaced is dropped.
     */
    boolean idempotent() default true;
}
