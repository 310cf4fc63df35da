package dev.millrace.stream.timers;

import dev.millrace.job.EntryId;
import dev.millrace.stream.jobs.Batch;
import dev.millrace.stream.redis.StreamsUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What waits for a time, for one scheduler among any number. A job that is to run later comes in as an entry of the
 * delays, is held as a timer, and goes to its lane when it is due. Calls block; each has a time limit.
 *
 * <p>Each call throws {@link StreamsUnavailable} when Redis cannot be asked or is cold, and may be made again. What a
 * scheduler was given and did not hold before it died stays pending until another one takes it over.
 */
public interface TimerStreams {

    /**
     * What a release found.
     *
     * @param at Redis's time of the release
     * @param late by how much each job that went to its lane was late; never negative
     * @param next when the first of the remaining timers is due, which may be past; null if none remains
     */
    record Released(
            Instant at, List<Duration> late, @Nullable Instant next) {

        /** How long nothing is due; none if there is no timer. */
        public @Nullable Duration quiet() {
            return next == null ? null : next.isAfter(at) ? Duration.between(at, next) : Duration.ZERO;
        }
    }

    /**
     * How much waits.
     *
     * @param delayed entries of the delays that are not held yet
     * @param timers held ones, those that are due included
     * @param due held ones whose time has come
     */
    record Backlog(long delayed, long timers, long due) {}

    /** The epoch that this Redis was blessed with. */
    int epoch();

    /** Waits for entries of the delays that no scheduler was given yet. */
    List<EntryId> delayed(int n, Duration atMost);

    /** Entries that this scheduler was given and has not held, because a reply was lost. */
    List<EntryId> unheld(int n);

    /** Takes over entries of the delays that were given to a scheduler and have not been held for so long. */
    List<EntryId> abandoned(int n, Duration idle);

    /**
     * Makes timers of entries, at most {@link Batch#MAX}, and returns how many; entries that are not valid any
     * more are dropped, and so are those that another scheduler has held.
     */
    int hold(List<EntryId> entries);

    /**
     * Makes timers of up to {@code n} entries of the delays that no scheduler was given yet, in one step, and returns how
     * many. Whatever happens, none of them is left to be taken over.
     */
    int holdNew(int n);

    /**
     * Brings up to {@code n} jobs that are due to their lanes, the longest due first. Expired ones, and ones that cannot be
     * read, are ended instead.
     */
    Released release(int n);

    /** How much waits here. Works also while Redis is cold. */
    Backlog backlog();

    /** Removes the names of schedulers that have not asked for so long, and for which nothing is pending. */
    int forgetSilent(Duration silence);

    /** Removes this scheduler's own name if nothing is pending for it. */
    void leave();
}
