package dev.millrace.proving.chaos.history;

/**
 * A job as PostgreSQL has it.
 *
 * @param number its submitter's, -1 if its payload has none
 * @param finishedAt milliseconds since 1970, 0 if it has not ended
 * @param error the type of its error, empty if it has none
 */
public record Row(
        String job, long number, String task, String state, long run, int attempt, long finishedAt, String error) {

    public boolean ended() {
        return finishedAt != 0;
    }
}
