package dev.millrace.schedule.cron;

/** A text is no cron expression, or none that ever fires. */
public final class BadCron extends IllegalArgumentException {

    private final transient CronProblem problem;

    BadCron(CronProblem problem) {
        super(problem.sentence());
        this.problem = problem;
    }

    public CronProblem problem() {
        return problem;
    }
}
