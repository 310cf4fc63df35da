package dev.millrace.api.live.events;

import dev.millrace.api.record.job.PlainEnds.PlainEnd;
import dev.millrace.job.JobId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Tells those who wait for plain ends that this instance has committed one, with what the row shows now. */
final class ExpectedEnds {

    private final Map<JobId, List<CompletableFuture<PlainEnd>>> waiting = new ConcurrentHashMap<>();

    /** Completes with the next plain end of the job that this instance commits. Whoever does not want to wait any more cancels it. */
    CompletableFuture<PlainEnd> expect(JobId job) {
        CompletableFuture<PlainEnd> end = new CompletableFuture<>();
        waiting.merge(job, List.of(end), ExpectedEnds::both);
        end.whenComplete((told, cancelled) -> forgetDone(job)).exceptionally(cancelled -> null);
        return end;
    }

    void shown(Collection<PlainEnd> ends) {
        for (PlainEnd end : ends) {
            waiting.getOrDefault(end.job(), List.of()).forEach(one -> one.complete(end));
        }
    }

    private void forgetDone(JobId job) {
        waiting.computeIfPresent(job, (one, all) -> {
            List<CompletableFuture<PlainEnd>> open =
                    all.stream().filter(end -> !end.isDone()).toList();
            return open.isEmpty() ? null : open;
        });
    }

    private static <T> List<T> both(List<T> some, List<T> more) {
        return Stream.of(some, more).flatMap(List::stream).toList();
    }
}
