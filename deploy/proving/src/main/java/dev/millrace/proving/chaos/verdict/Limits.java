package dev.millrace.proving.chaos.verdict;

import java.time.Duration;

/**
 * What a scenario allows. Lost jobs, doubled jobs, visible second ends and leftovers it never allows.
 *
 * @param recoveryP99 from the death of a process to the next start of the jobs that it ran
 * @param recoveryMax the same, of each single job
 * @param untilClean from the last end until Redis is clean
 * @param redisForgets whether Redis loses what it had answered: then second ends may reach the stream, unseen by clients
 * @param processesPause whether a process may stand still between being given a job and starting it: then its journal may show
 *     an older token after a newer one
 */
public record Limits(
        Duration recoveryP99, Duration recoveryMax, Duration untilClean, boolean redisForgets, boolean processesPause) {

    /** What protocol and machine allow where Redis keeps its data and processes run or are dead. */
    public static final Limits USUAL =
            new Limits(Duration.ofSeconds(20), Duration.ofSeconds(25), Duration.ofSeconds(30), false, false);

    public Limits whereRedisForgets() {
        return new Limits(recoveryP99, recoveryMax, untilClean, true, processesPause);
    }

    public Limits whereProcessesPause() {
        return new Limits(recoveryP99, recoveryMax, untilClean, redisForgets, true);
    }

    /**
     * Where an api may die or lose its connection: what it had read is recorded by another one 30 s later, and the marks of
     * those ends go 20 s after that.
     */
    public Limits whereApisDie() {
        return new Limits(recoveryP99, recoveryMax, Duration.ofSeconds(60), redisForgets, processesPause);
    }

    /** With another longest time to recover. */
    public Limits recoveringWithin(Duration longest) {
        return new Limits(longest, longest, untilClean, redisForgets, processesPause);
    }

    /** The same for the checker. */
    public dev.millrace.proving.checker.Limits ofTheChecker() {
        return dev.millrace.proving.checker.Limits.PROMISED.recoveringWithin(
                recoveryP99.toMillis(), recoveryMax.toMillis());
    }
}
