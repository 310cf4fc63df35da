package dev.millrace.schedule;

/**
 * What a client says of a schedule.
 *
 * @param job what each fire submits: the JSON object that {@code POST /jobs} takes, without an id and times of its own
 * @param paused nothing fires, and what is not fired meanwhile is not missed
 */
public record ScheduleContent(Plan plan, String job, boolean paused) {

    /** The same of {@link Plan#withAnchorOf}. */
    public ScheduleContent withAnchorOf(ScheduleContent before) {
        return new ScheduleContent(plan.withAnchorOf(before.plan), job, paused);
    }

    public ScheduleContent pausedNow(boolean now) {
        return new ScheduleContent(plan, job, now);
    }
}
