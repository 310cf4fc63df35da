package dev.millrace.api.record.members;

import dev.millrace.job.JobState;

/**
 * A job to which something was to be done, as it was before.
 *
 * @param kept whether its workflow keeps it from that, whatever its state
 */
public record FoundJob(JobState state, boolean kept) {}
