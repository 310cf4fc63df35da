package dev.millrace.api.jobs.submit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What PostgreSQL's clock made of a new job.
 *
 * @param due when it is to run; null for at once
 * @param expiresAt when it may no longer start; null if never
 * @param kept it is due so late that PostgreSQL keeps it for now
 */
public record AcceptedTimes(
        Instant at, @Nullable Instant due, @Nullable Instant expiresAt, boolean kept) {}
