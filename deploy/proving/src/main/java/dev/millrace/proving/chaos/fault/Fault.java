package dev.millrace.proving.chaos.fault;

/**
 * Something that was done, or that happened to a process.
 *
 * @param at milliseconds since 1970
 * @param what such as {@code kill -9 worker-2}
 * @param pid of the process that it happened to, 0 if it was none
 * @param repeats how many runs of jobs may be repeated because of it
 * @param deadly whether that process runs no more
 */
public record Fault(long at, String what, long pid, int repeats, boolean deadly) {

    public Fault {
        if (repeats < 0) {
            throw new IllegalArgumentException("A fault explains 0 or more repeated runs, not " + repeats + ".");
        }
    }
}
