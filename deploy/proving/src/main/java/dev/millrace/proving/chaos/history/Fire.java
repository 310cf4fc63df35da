package dev.millrace.proving.chaos.history;

import org.jspecify.annotations.Nullable;

/**
 * What became of a schedule's tick, as PostgreSQL has it. Times are milliseconds since 1970.
 *
 * @param tick when it was due
 * @param job that was made for it, if one was
 * @param made when that was accepted; 0 if there is none
 */
public record Fire(
        String schedule,
        long tick,
        String outcome,
        @Nullable String job,
        long made) {}
