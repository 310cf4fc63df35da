package dev.millrace.api.workflows.query;

import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.job.JobId;
import java.util.UUID;

/** What is said to clients that ask for workflows that are not theirs, or not there. */
public final class WorkflowRefusals {

    private WorkflowRefusals() {}

    /** Also said of another tenant's workflow. */
    public static RuntimeException unknown(UUID id) {
        return Problem.of(ProblemType.NOT_FOUND, "There is no workflow " + id + ".")
                .exception();
    }

    /** Also said of a name that is none. */
    static RuntimeException unknownNode() {
        return Problem.of(ProblemType.NOT_FOUND, "The workflow has no node of this name.")
                .exception();
    }

    /** Reads the id in a path; one that is no UUID names no workflow. */
    public static UUID id(String text) {
        try {
            return JobId.parse(text).uuid();
        } catch (IllegalArgumentException notAnId) {
            throw Problem.of(ProblemType.NOT_FOUND, "There is no such workflow: the id of a workflow is a UUID.")
                    .exception();
        }
    }
}
