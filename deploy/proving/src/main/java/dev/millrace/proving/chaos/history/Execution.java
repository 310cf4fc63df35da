package dev.millrace.proving.chaos.history;

/**
 * A run of a job as its task saw it.
 *
 * @param token packed so that a later one is greater
 * @param worker the process that it ran in
 * @param startedAt milliseconds since 1970
 * @param stoppedAt the same; {@link #NEVER} if it was killed
 */
public record Execution(String job, int attempt, long token, long worker, long startedAt, long stoppedAt) {

    /** Of a run that was killed. */
    public static final long NEVER = -1;

    public boolean stopped() {
        return stoppedAt != NEVER;
    }
}
