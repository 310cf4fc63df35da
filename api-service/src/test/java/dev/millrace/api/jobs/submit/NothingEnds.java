package dev.millrace.api.jobs.submit;

import dev.millrace.api.record.job.JobRow;
import dev.millrace.job.JobId;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Jobs end when a test says so, and never by themselves: no worker is here. */
@Alternative
@Priority(1)
@Singleton
public class NothingEnds implements SubmitWait {

    private final Map<JobId, JobRow> ended = new ConcurrentHashMap<>();

    /** The job is taken to have ended, with this row. */
    void ended(JobRow row) {
        ended.put(row.id(), row);
    }

    @Override
    public CompletionStage<Optional<JobRow>> awaitEnd(JobRow live, Duration atMost) {
        return CompletableFuture.completedStage(Optional.ofNullable(ended.get(live.id())));
    }

    @Override
    public Expected expect(JobId job) {
        return new Expected() {
            @Override
            public CompletionStage<Optional<JobRow>> awaitEnd(JobRow accepted, Duration atMost) {
                return NothingEnds.this.awaitEnd(accepted, atMost);
            }

            @Override
            public void forget() {}
        };
    }
}
