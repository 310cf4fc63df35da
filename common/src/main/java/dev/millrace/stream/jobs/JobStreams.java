package dev.millrace.stream.jobs;

import dev.millrace.job.Band;
import dev.millrace.job.EntryId;
import dev.millrace.job.Job;
import dev.millrace.job.JobError;
import dev.millrace.job.JobEvent.Progress;
import dev.millrace.job.JobEvent.Why;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.job.QueueName;
import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.entries.Lane;
import dev.millrace.stream.redis.StreamsUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The function library from Java: every move of a job, in batches of at most {@link #MAX_BATCH}. One instance speaks
 * for one consumer, and may be used by many threads. Calls block; each has a time limit. A consumer's name belongs to
 * one process for ever: what is pending for it is taken for its own, with the token of before.
 *
 * <p>Each call throws {@link StreamsUnavailable} when Redis cannot be asked or is cold. After a lost reply the same call
 * may be made again: enqueue then answers DUPLICATE or ENDED, finish OK, handback and defer FENCED, cancel ENDED or
 * FLAGGED.
 */
public interface JobStreams {

    int MAX_BATCH = 250;

    /** How an enqueue treats a job that seems to be there already. */
    enum Mode {
        /** A live marker means that the job is there. */
        SUBMIT,
        /** A live marker whose entry or timer is gone, or can no longer be delivered, is replaced by the next run. */
        RECONCILE
    }

    /** What became of one job of an enqueue. */
    enum Admission {
        OK,
        /** It is there already. */
        DUPLICATE,
        /** This run, or a later one, has ended. */
        ENDED,
        /** Its band or Redis holds as much as it may, or the key is no stream. Nothing was written; there may be room later. */
        FULL,
        /** The caller's {@code asOf} is older than 10 s, or more than 1 s ahead. Nothing was written. */
        LATE
    }

    /** What became of one entry that a worker wanted to start. */
    enum Admit {
        GO,
        /** Not to be run: stale, ended by its expiry or a cancel, or handed back because its queue is paused. */
        DROPPED,
        /** No longer held by this consumer. */
        FENCED
    }

    /** What became of one entry that a worker wanted to settle. */
    enum Settled {
        OK,
        /** No longer held by this consumer; nothing changed. */
        FENCED
    }

    /**
     * News of a running job.
     *
     * @param startedAgo set if its start has not been told yet: how long ago it started
     * @param progress the latest progress that has not been told; null if none
     */
    record ProgressReport(
            Delivery delivery,
            @Nullable Duration startedAgo,
            @Nullable Progress progress) {}

    /**
     * The end of a run.
     *
     * @param state one of the five ends
     * @param ran how long the task ran; null if it never started
     */
    record Finish(
            Delivery delivery,
            JobState state,
            @Nullable Duration ran,
            @Nullable String result,
            @Nullable JobError error) {

        public Finish {
            if (!state.ended()) {
                throw new IllegalArgumentException("A run is finished with one of the five ends, not " + state + ".");
            }
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

    /**
     * A wish that a job end without running, or without running on.
     *
     * @param queue on whose lanes it is, if it is on one
     * @param run the latest run that the caller knows of
     * @param reason {@link JobState#CANCELLED} or {@link JobState#EXPIRED}
     */
    record Cancel(JobId job, QueueName queue, long run, JobState reason) {

        public Cancel {
            if (reason != JobState.CANCELLED && reason != JobState.EXPIRED) {
                throw new IllegalArgumentException("A job is cancelled CANCELLED or EXPIRED, not " + reason + ".");
            }
        }
    }

    /** What became of a cancel. */
    enum Cancellation {
        /** It waited, and has ended with the reason; an event tells. */
        CANCELLED,
        /** A worker has it, and learns of the cancel at its next renewal. Whatever it does but succeed ends CANCELLED. */
        FLAGGED,
        /** A worker has it, so that its expiry changes nothing. */
        HELD,
        /** This run, or a later one, had ended before; also after a lost reply of CANCELLED. */
        ENDED,
        /** It was nowhere. For 20 s an enqueue of this run answers ENDED. */
        NONE
    }

    /** What a renewal found: entries that are no longer ours, and entries whose job is to be cancelled. */
    record Renewal(Set<EntryKey> lost, Set<EntryKey> flagged) {

        Renewal and(Renewal other) {
            return new Renewal(union(lost, other.lost), union(flagged, other.flagged));
        }

        private static Set<EntryKey> union(Set<EntryKey> some, Set<EntryKey> others) {
            Set<EntryKey> all = new HashSet<>(some);
            all.addAll(others);
            return all;
        }
    }

    /** An entry's place, unique among the lanes of a shard. */
    record EntryKey(Lane lane, EntryId entry) {

        public static EntryKey of(Delivery delivery) {
            return new EntryKey(delivery.lane(), delivery.entry());
        }
    }

    /** The run that an end belongs to. */
    record EndedRun(JobId job, int epoch, long run) {}

    /** Redis's clock. Works also while Redis is cold. */
    Instant time();

    /** How long Redis has been up. Works also while it is cold. */
    Duration uptime();

    /** The epoch that this Redis was blessed with. */
    int epoch();

    /** Opens Redis for the other calls, after a reconcile has raised the epoch in PostgreSQL. */
    void bless(int epoch);

    /** Makes known, before {@link #bless}, which runs have ended lately, so that they are not enqueued again. */
    void markEnded(List<EndedRun> runs);

    /** How many entries a band holds, waiting and running; {@code Long.MAX_VALUE} if its key is no stream. */
    long live(QueueName queue, Band band);

    /**
     * Puts jobs on the lanes of their queues and bands, and those that are due later on the delays. {@code asOf} is Redis's
     * time of before they were read.
     */
    List<Admission> enqueue(Mode mode, Instant asOf, List<Job> jobs);

    /** Takes up to {@code n} valid entries of a queue, the bands in order; none while the queue is paused. */
    List<Delivery> take(QueueName queue, int n);

    /** Waits for an entry of those of these queues that are not paused, and starts it as {@link #start} does. */
    List<Delivery> await(List<QueueName> queues, Duration atMost);

    /** Admits entries of one queue that were not taken by {@link #take} just now, and tells of their start. */
    List<Admit> start(List<Delivery> entries);

    /** Tells of starts and progress. Returns the entries that are no longer ours. */
    Set<EntryKey> note(List<ProgressReport> notes);

    /** Ends jobs. A job flagged for cancel that did not succeed ends CANCELLED. */
    List<Settled> finish(List<Finish> finishes);

    /** Puts entries that were not finished back on their bands, suspects on their lane, as their next run. */
    List<Settled> handback(List<Delivery> entries);

    /**
     * Ends runs whose jobs are to run again: they wait for their time as their next run. A job flagged for cancel ends
     * CANCELLED instead.
     */
    List<Settled> defer(List<Deferral> deferrals);

    /** Ends jobs that wait, wherever they wait, and flags those that a worker has. */
    List<Cancellation> cancel(List<Cancel> cancels);

    /** Lets nothing of a queue start from now on; what runs goes on. */
    void pause(QueueName queue);

    void resume(QueueName queue);

    /** Renews the lease of this worker and of these entries, however many. */
    Renewal renew(Duration lease, List<Delivery> entries);

    /**
     * Takes over up to {@code n} entries of a queue whose worker is gone for a lease, or which nobody renewed for two.
     * They still have to be started. Those whose workers died twice go to the suspect lane instead; one that dies alone
     * there is quarantined.
     */
    List<Delivery> reclaim(QueueName queue, int n, Duration lease);

    /**
     * Starts entries that are pending for this consumer, idle for so long and not among the known: the reply that brought
     * them was lost.
     */
    List<Delivery> strays(QueueName queue, Set<EntryKey> known, Duration idle);

    /** How many suspects of a queue wait. */
    long suspects(QueueName queue);

    /** Tries to become, or to remain, the only worker that runs suspects of a queue. */
    boolean holdLone(QueueName queue, Duration lease);

    void releaseLone(QueueName queue);

    /** Takes one entry of the suspect lane, for the holder of the lone key, while nothing else runs. */
    List<Delivery> takeSuspect(QueueName queue);

    /** Acknowledges events that PostgreSQL has committed, and lets the markers of the named ended runs go in 20 s. */
    void projected(List<EntryId> events, List<EndedRun> ended);

    /** Removes a consumer of a lane's group if nothing is pending for it; false while something is. */
    boolean forget(Lane lane, String consumer);

    /** Removes consumers of a queue's lanes whose worker is gone and for which nothing is pending. */
    void forgetGone(QueueName queue);

    /** Says that this worker is gone, so that what is still pending for it is taken over, and removes it where it may. */
    void leave(List<QueueName> queues);
}
