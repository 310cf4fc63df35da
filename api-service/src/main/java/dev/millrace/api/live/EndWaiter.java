package dev.millrace.api.live;

import dev.millrace.api.query.JobQueries;
import dev.millrace.api.query.JobRow;
import dev.millrace.job.JobId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Waits for the ends of jobs, for requests that want to be answered with them. */
public final class EndWaiter {

    private final LiveEvents live;
    private final CommittedEnds ends;
    private final JobQueries queries;

    EndWaiter(LiveEvents live, CommittedEnds ends, JobQueries queries) {
        this.live = live;
        this.ends = ends;
        this.queries = queries;
    }

    /**
     * The job's row as soon as it shows an end, or as it stands after {@code atMost}; empty if there is no such job, or
     * if it is another tenant's. Holds no thread meanwhile.
     */
    public CompletionStage<Optional<JobRow>> awaitEnd(String tenant, JobId job, Duration atMost) {
        EndSeen seen = new EndSeen();
        // It listens before it reads the row: an end in between is seen by one of the two.
        live.join(job, seen).recent().forEach(seen::event);
        return queries.find(tenant, job)
                .thenCompose(row -> row.isEmpty() || row.get().ended()
                        ? CompletableFuture.completedFuture(row)
                        : after(seen, tenant, job, atMost))
                .whenComplete((row, failure) -> live.leave(job, seen));
    }

    private CompletionStage<Optional<JobRow>> after(EndSeen seen, String tenant, JobId job, Duration atMost) {
        CompletableFuture<JobRow> committed = new CompletableFuture<>();
        CompletableFuture<Void> signal = seen.signal.thenAccept(now -> follow(job, committed));
        return committed
                .thenApply(Optional::of)
                .completeOnTimeout(Optional.empty(), atMost.toMillis(), TimeUnit.MILLISECONDS)
                .thenCompose(
                        row -> row.isPresent() ? CompletableFuture.completedFuture(row) : queries.find(tenant, job))
                .whenComplete((row, failure) -> {
                    signal.cancel(false);
                    committed.cancel(false);
                });
    }

    private void follow(JobId job, CompletableFuture<JobRow> committed) {
        CompletableFuture<JobRow> end = ends.await(job);
        CompletableFuture<JobRow> told = end.whenComplete((row, failure) -> {
            if (row != null) {
                committed.complete(row);
            }
        });
        committed.whenComplete((row, failure) -> told.cancel(end.cancel(false)));
    }

    /** Hears of the end; after a reset it may have been missed, so the row is watched then too. */
    private static final class EndSeen implements LiveEvents.Listener {

        private final CompletableFuture<Boolean> signal = new CompletableFuture<>();

        @Override
        public void event(LiveEvent event) {
            if (event.ends()) {
                signal.complete(true);
            }
        }

        @Override
        public void reset() {
            signal.complete(false);
        }

        @Override
        public void close() {
            signal.complete(false);
        }
    }
}
