package dev.millrace.api.jobs.deadletter;

import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.job.JobId;
import java.util.UUID;

/** Reads the id in a path; one that is no UUID names no dead letter. */
final class LetterId {

    private LetterId() {}

    static UUID parse(String text) {
        try {
            return JobId.parse(text).uuid();
        } catch (IllegalArgumentException notAnId) {
            throw Problem.of(ProblemType.NOT_FOUND, "There is no such dead letter: the id of one is a UUID.")
                    .exception();
        }
    }
}
