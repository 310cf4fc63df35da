package dev.millrace.stream.jobs;

import dev.millrace.job.JobError;
import dev.millrace.job.JobEvent;
import dev.millrace.job.JobEvent.Progress;
import dev.millrace.job.JobEvent.Why;
import dev.millrace.job.JobState;
import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.entries.EntryKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reports on runs, and ends them. */
public interface Settling {

    /**
     * The progress of a running job.
     *
     * @param startedAgo set if its start has not been reported yet: how long ago it started
     * @param progress the latest progress that has not been reported; null if none
     */
    record ProgressReport(
            Delivery delivery,
            @Nullable Duration startedAgo,
            @Nullable Progress progress) {}

    /**
     * What a run has ordered that goes on.
     *
     * @param orders as in {@link JobEvent.Ended}
     */
    record Ordering(Delivery delivery, String orders) {}

    /**
     * The end of a run.
     *
     * @param state one of the five ends
     * @param ran how long the task ran; null if it never started
     * @param orders jobs that are made if and only if this end is recorded, as in {@link JobEvent.Ended}; null for none
     */
    record Finish(
            Delivery delivery,
            JobState state,
            @Nullable Duration ran,
            @Nullable String result,
            @Nullable JobError error,
            @Nullable String orders) {

        public Finish {
            if (!state.ended()) {
                throw new IllegalArgumentException("A run is finished with one of the five ends, not " + state + ".");
            }
            if (orders != null && state != JobState.SUCCEEDED) {
                throw new IllegalArgumentException(
                        "Only a run that succeeds orders jobs, not one that is " + state + ".");
            }
        }

        /** One whose run ordered nothing. */
        public Finish(
                Delivery delivery,
                JobState state,
                @Nullable Duration ran,
                @Nullable String result,
                @Nullable JobError error) {
            this(delivery, state, ran, result, error, null);
        }
    }

    /** When the next run of a job is due. */
    sealed interface Due {

        /** No job waits longer: about a hundred years. */
        Duration LONGEST = Duration.ofDays(36_500);

        /** No job waits until later. */
        Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

        /** So long after Redis carries out the call, rounded up to milliseconds. */
        record After(Duration delay) implements Due {

            public After {
                if (delay.isNegative() || delay.compareTo(LONGEST) > 0) {
                    throw new IllegalArgumentException(
                            "A job waits between zero and " + LONGEST + ", not " + delay + ".");
                }
            }
        }

        /** At this time by Redis's clock, rounded up to milliseconds; a past one means at once. */
        record At(Instant time) implements Due {

            public At {
                if (time.isAfter(LATEST)) {
                    throw new IllegalArgumentException("A job waits until " + LATEST + " at most, not " + time + ".");
                }
            }
        }
    }

    /**
     * The end of a run whose job is to run again.
     *
     * @param ran how long the task ran; null if it never started
     * @param error why it failed; null if it did not
     */
    record Deferral(
            Delivery delivery,
            Why why,
            Due due,
            @Nullable Duration ran,
            @Nullable JobError error) {

        /** Only a failure counts as an attempt. */
        public int nextAttempt() {
            return delivery.job().attempt() + (why == Why.RETRY ? 1 : 0);
        }
    }

    /** What became of one entry that a worker wanted to settle. */
    enum Settled {
        OK,
        /** No longer held by this consumer; nothing changed. */
        FENCED
    }

    /** Tells of starts and progress. Returns the entries that are no longer ours. */
    Set<EntryKey> report(List<ProgressReport> reports);

    /**
     * Tells of orders, which are made whatever becomes of their runs. Returns the entries that are no longer ours, of whose orders
     * nothing was told.
     */
    Set<EntryKey> order(List<Ordering> orderings);

    /** Ends jobs. A job flagged for cancel that did not succeed ends CANCELLED. */
    List<Settled> finish(List<Finish> finishes);

    /** Puts entries that were not finished back on their bands, suspects on their lane, as their next run. */
    List<Settled> handback(List<Delivery> entries);

    /**
     * Ends runs whose jobs are to run again: they wait for their time as their next run. A job flagged for cancel ends
     * CANCELLED instead.
     */
    List<Settled> defer(List<Deferral> deferrals);
}
