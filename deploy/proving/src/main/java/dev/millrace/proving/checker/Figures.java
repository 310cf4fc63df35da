package dev.millrace.proving.checker;

/**
 * What a run came to.
 *
 * @param accepted jobs that a client was told were accepted
 * @param lost those of them that did not end
 * @param doubleEnds ends beyond the first that no requeue explains, visible or not
 * @param executions starts of tasks
 * @param repeated executions that no failure, snooze or requeue asked for
 * @param recovered executions whose worker died, and that began elsewhere
 * @param recoveryP50 milliseconds between a worker's death and the next start of what it ran; 0 if none died
 */
public record Figures(
        long accepted,
        long lost,
        long doubleEnds,
        long executions,
        long repeated,
        long faults,
        long recovered,
        long recoveryP50,
        long recoveryP99,
        long recoveryMax) {}
