package dev.millrace.api.jobs.accept;

import dev.millrace.job.JobId;
import org.jspecify.annotations.Nullable;

/**
 * A job that orders others, and what these have from it.
 *
 * @param priority of those that name none
 * @param traceParent null if nobody traced its submit
 */
public record Orderer(
        JobId job, String tenant, int priority, @Nullable String traceParent) {}
