package dev.millrace.api.record.query;

import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.job.JobId;

/** What is said to clients that ask for what cannot be answered. */
public final class Refusals {

    private Refusals() {}

    /** Also said of another tenant's job. */
    public static RuntimeException unknownJob(JobId id) {
        return unknown(id).exception();
    }

    /** As {@link #unknownJob}, as a value. */
    public static Problem unknown(JobId id) {
        return Problem.of(ProblemType.NOT_FOUND, "There is no job " + id + ".");
    }

    /** Reads the id in a path; one that is no UUID names no job. */
    public static JobId jobId(String text) {
        try {
            return JobId.parse(text);
        } catch (IllegalArgumentException notAnId) {
            throw Problem.of(ProblemType.NOT_FOUND, "There is no such job: the id of a job is a UUID.")
                    .exception();
        }
    }
}
