package dev.millrace.api.record.job;

/** Conditions on rows of {@code api.job}, in SQL. Those on states are spelled as the partial indexes are, so that these serve them. */
public final class JobPredicates {

    /** The job has not ended. */
    public static final String LIVE = "finished_at is null";

    /** The job waits here until its band has room. */
    public static final String PARKED = "parked is not null";

    /** The job's time is near, or has come. */
    static final String DUE_SOON = "due_at <= now() + interval '5 minutes'";

    /**
     * The job may be put into Redis: it has not ended, waits here neither for room nor for its time, and nobody wants it
     * cancelled.
     */
    public static final String SENDABLE = LIVE + " and parked is null and not kept and cancel_requested is null";

    private JobPredicates() {}

    /** Two packed positions carry one token: their events tell of one start of the job. */
    public static String ofOneStart(String one, String other) {
        return "substr(%1$s, 1, %3$d) = substr(%2$s, 1, %3$d)".formatted(one, other, Long.BYTES);
    }
}
