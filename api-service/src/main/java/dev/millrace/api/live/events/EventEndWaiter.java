package dev.millrace.api.live.events;

import dev.millrace.api.record.job.JobRow;
import dev.millrace.api.record.query.JobQueries;
import dev.millrace.job.JobId;
import dev.millrace.job.Position;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Waits on the events of jobs, and on their rows once an end was seen. Holds no thread meanwhile. */
public final class EventEndWaiter implements EndWaiter {

    private final LiveEvents live;
    private final CommittedEnds ends;
    private final JobQueries queries;

    public EventEndWaiter(LiveEvents live, CommittedEnds ends, JobQueries queries) {
        this.live = live;
        this.ends = ends;
        this.queries = queries;
    }

    @Override
    public CompletionStage<Optional<JobRow>> awaitEnd(String tenant, JobId job, Duration atMost) {
        return awaitEnd(tenant, job, atMost, () -> queries.find(tenant, job));
    }

    @Override
    public CompletionStage<Optional<JobRow>> awaitEnd(JobRow known, Duration atMost) {
        return awaitEnd(
                known.tenant(),
                known.id(),
                atMost,
                () -> queries.find(known.tenant(), known.id()).exceptionally(unread -> Optional.of(known)));
    }

    private CompletionStage<Optional<JobRow>> awaitEnd(
            String tenant, JobId job, Duration atMost, Supplier<CompletionStage<Optional<JobRow>>> read) {
        EndSeen seen = new EndSeen();
        // It listens before it reads the row: an end in between is seen by one of the two.
        live.join(job, seen).recent().forEach(seen::event);
        return read.get()
                .thenCompose(row -> row.isEmpty() || row.get().ended()
                        ? CompletableFuture.completedFuture(row)
                        : after(seen, tenant, job, atMost))
                .whenComplete((row, failure) -> live.leave(job, seen));
    }

    private CompletionStage<Optional<JobRow>> after(EndSeen seen, String tenant, JobId job, Duration atMost) {
        CompletableFuture<JobRow> committed = new CompletableFuture<>();
        seen.each(end -> follow(job, end, committed));
        return committed
                .thenApply(Optional::of)
                .completeOnTimeout(Optional.empty(), atMost.toMillis(), TimeUnit.MILLISECONDS)
                .thenCompose(
                        row -> row.isPresent() ? CompletableFuture.completedFuture(row) : queries.find(tenant, job))
                .whenComplete((row, failure) -> committed.cancel(false));
    }

    /** Watches the row until either side is through. A job that was requeued from that end has another one to come. */
    private void follow(JobId job, @Nullable Position seen, CompletableFuture<JobRow> committed) {
        CompletableFuture<JobRow> end = ends.await(job, seen);
        end.thenAccept(row -> {
                    if (row.ended()) {
                        committed.complete(row);
                    }
                })
                .exceptionally(abandoned -> null);
        committed.whenComplete((row, failure) -> end.cancel(false)).exceptionally(abandoned -> null);
    }

    /** Receives ends; after a reset one may have been missed, so that the row is watched for any. */
    private static final class EndSeen implements LiveEvents.Listener {

        private final CompletableFuture<Consumer<@Nullable Position>> listening = new CompletableFuture<>();

        /** Also for those that were received before. */
        void each(Consumer<@Nullable Position> action) {
            listening.complete(action);
        }

        @Override
        public void event(LiveEvent event) {
            if (event.end() != null) {
                seen(event.end());
            }
        }

        private void seen(@Nullable Position end) {
            listening.thenAccept(action -> action.accept(end)).exceptionally(failure -> null);
        }

        @Override
        public void reset() {
            seen(null);
        }

        @Override
        public void close() {
            seen(null);
        }
    }
}
