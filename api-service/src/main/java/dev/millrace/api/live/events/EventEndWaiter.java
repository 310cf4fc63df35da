package dev.millrace.api.live.events;

import dev.millrace.api.base.timeout.Timeouts;
import dev.millrace.api.record.job.JobRow;
import dev.millrace.api.record.job.PlainEnds.PlainEnd;
import dev.millrace.api.record.query.JobQueries;
import dev.millrace.job.JobId;
import dev.millrace.job.Position;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Waits on the events of jobs, and on their rows once an end was seen, unless this instance's own projection says first how a row
 * has ended. Holds no thread meanwhile.
 */
public final class EventEndWaiter implements EndWaiter {

    private final LiveEvents live;
    private final CommittedEnds ends;
    private final JobQueries queries;
    private final Timeouts timeouts;

    public EventEndWaiter(LiveEvents live, CommittedEnds ends, JobQueries queries, Timeouts timeouts) {
        this.live = live;
        this.ends = ends;
        this.queries = queries;
        this.timeouts = timeouts;
    }

    @Override
    public CompletionStage<Optional<JobRow>> awaitEnd(String tenant, JobId job, Duration atMost) {
        return awaitEnd(job, atMost, () -> queries.find(tenant, job));
    }

    @Override
    public CompletionStage<Optional<JobRow>> awaitEnd(JobRow known, Duration atMost) {
        return awaitEnd(
                known.id(),
                atMost,
                () -> queries.find(known.tenant(), known.id()).exceptionally(unread -> Optional.of(known)));
    }

    private CompletionStage<Optional<JobRow>> awaitEnd(
            JobId job, Duration atMost, Supplier<CompletionStage<Optional<JobRow>>> read) {
        // It listens before it reads the row: an end in between is seen by one of the two.
        ExpectedEnd end = expect(job);
        return read.get()
                .thenCompose(row -> row.isEmpty() || row.get().ended()
                        ? CompletableFuture.completedFuture(row)
                        : end.awaitEnd(row.get(), atMost))
                .whenComplete((row, failure) -> end.forget());
    }

    @Override
    public ExpectedEnd expect(JobId job) {
        Listening listening = new Listening(job, ends.expect(job), new EndSeen());
        live.join(job, listening.seen).recent().forEach(listening.seen::event);
        return listening;
    }

    /** Is told of a plain end by this instance's own projection, and sees every other one on the stream. */
    private final class Listening implements ExpectedEnd {

        private final JobId job;
        private final CompletableFuture<PlainEnd> told;
        private final EndSeen seen;

        private Listening(JobId job, CompletableFuture<PlainEnd> told, EndSeen seen) {
            this.job = job;
            this.told = told;
            this.seen = seen;
        }

        @Override
        public CompletionStage<Optional<JobRow>> awaitEnd(JobRow known, Duration atMost) {
            CompletableFuture<JobRow> committed = new CompletableFuture<>();
            told.thenAccept(end -> known.ended(end).ifPresent(committed::complete))
                    .exceptionally(abandoned -> null);
            seen.each(end -> follow(job, end, committed));
            return timeouts.completeLate(committed.<Optional<JobRow>>thenApply(Optional::of), Optional.empty(), atMost)
                    .thenCompose(row -> row.isPresent()
                            ? CompletableFuture.completedFuture(row)
                            : queries.find(known.tenant(), job))
                    .whenComplete((row, failure) -> {
                        committed.cancel(false);
                        forget();
                    });
        }

        @Override
        public void forget() {
            told.cancel(false);
            live.leave(job, seen);
        }
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
