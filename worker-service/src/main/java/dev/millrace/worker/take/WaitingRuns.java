package dev.millrace.worker.take;

import dev.millrace.worker.held.JobRun;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The runs of one queue that wait here for a slot: those that were taken, and those that others left behind. While there are
 * both they get slots in turn, so that neither waits for the last of the other. For one thread at a time.
 */
final class WaitingRuns {

    private final Deque<JobRun> taken = new ArrayDeque<>();
    private final Deque<JobRun> abandoned = new ArrayDeque<>();
    private boolean takenIsNext;

    void addTaken(JobRun run) {
        taken.add(run);
    }

    void addAbandoned(JobRun run) {
        abandoned.add(run);
    }

    int taken() {
        return taken.size();
    }

    int abandoned() {
        return abandoned.size();
    }

    /** Takes out the next one that has not been decided meanwhile; null if none is left. */
    @Nullable
    JobRun next() {
        JobRun next = poll();
        while (next != null && !next.waiting()) {
            next = poll();
        }
        return next;
    }

    private @Nullable JobRun poll() {
        boolean fromTaken = abandoned.isEmpty() || (takenIsNext && !taken.isEmpty());
        takenIsNext = !fromTaken;
        return fromTaken ? taken.poll() : abandoned.poll();
    }

    /** Takes out all. */
    List<JobRun> clear() {
        List<JobRun> all = Stream.concat(abandoned.stream(), taken.stream()).toList();
        abandoned.clear();
        taken.clear();
        return all;
    }
}
