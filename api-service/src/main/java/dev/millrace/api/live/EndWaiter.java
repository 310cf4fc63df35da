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
        seen.whenSeen(() -> follow(job, committed));
        return committed
                .thenApply(Optional::of)
                .completeOnTimeout(Optional.empty(), atMost.toMillis(), TimeUnit.MILLISECONDS)
                .thenCompose(
                        row -> row.isPresent() ? CompletableFuture.completedFuture(row) : queries.find(tenant, job))
                .whenComplete((row, failure) -> committed.cancel(false));
    }

    /** Watches the row until either side is through. */
    private void follow(JobId job, CompletableFuture<JobRow> committed) {
        CompletableFuture<JobRow> end = ends.await(job);
        end.thenAccept(committed::complete).exceptionally(abandoned -> null);
        committed.whenComplete((row, failure) -> end.cancel(false)).exceptionally(abandoned -> null);
    }

    /** Hears of the end; after a reset it may have been missed, so the row is watched then too. */
    private static final class EndSeen implements LiveEvents.Listener {

        private final CompletableFuture<Boolean> signal = new CompletableFuture<>();

        void whenSeen(Runnable action) {
            signal.thenRun(action).exceptionally(failure -> null);
        }

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
