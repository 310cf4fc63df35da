package dev.millrace.api.live;

import dev.millrace.api.record.job.JobRow;
import dev.millrace.job.JobState;
import org.jspecify.annotations.Nullable;

/** Which jobs' events a client wants; what is null does not restrict. The state is that after the event. */
record FeedFilter(
        String tenant,
        @Nullable String queue,
        @Nullable String task,
        @Nullable JobState state,
        @Nullable String tag) {

    boolean wants(JobRow job) {
        return job.tenant().equals(tenant)
                && (queue == null || queue.equals(job.queue().value()))
                && (task == null || task.equals(job.task().value()))
                && (state == null || state == job.status().state())
                && (tag == null || job.details().tags().contains(tag));
    }
}
