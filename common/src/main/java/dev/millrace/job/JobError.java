package dev.millrace.job;

import org.jspecify.annotations.Nullable;

/**
 * Why a run did not succeed.
 *
 * @param type the exception's class name, or one of Millrace's own words such as {@link #QUARANTINED}
 * @param message for people; may be null as an exception's may
 */
public record JobError(
        String type, @Nullable String message, @Nullable String stackTrace) {

    /** The type of jobs that were taken out of circulation: malformed ones, and those that kill their workers. */
    public static final String QUARANTINED = "Quarantined";

    /** The type of jobs that a client cancelled; the message is its reason. */
    public static final String CANCELLED = "Cancelled";
}
