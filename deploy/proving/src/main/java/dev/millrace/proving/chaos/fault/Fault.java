package dev.millrace.proving.chaos.fault;

/**
 * Something that was done, or that happened to a process.
 *
 * @param at milliseconds since 1970
 * @param until when it was over, likewise; {@code at} if that is the same moment
 * @param what for people, such as {@code kill -9 worker-2}
 * @param pid of the process that it happened to, 0 if it was none
 */
public record Fault(long at, long until, Kind kind, String what, long pid) {

    /** The kinds that a checker of histories knows, and what else there is. */
    public enum Kind {
        /** A worker was killed. */
        KILL,
        /** A worker ended by itself. */
        DIED,
        /** A worker was stopped in good order. */
        TERM,
        /** A worker stood still. */
        PAUSE,
        /** Workers could not reach Redis, or an answer was lost. */
        CUT,
        /** Redis lost all data. */
        REDIS_LOST,
        /** Redis was away, and came back without what it was told last. */
        REDIS_SET_BACK,
        POSTGRES_DOWN,
        API_KILL,
        SCHEDULER_KILL,
        /** Somebody wrote entries that cannot be read. */
        MALFORMED,
        OTHER
    }

    Fault until(long over) {
        return new Fault(at, over, kind, what, pid);
    }
}
