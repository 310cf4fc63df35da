package dev.millrace.job;

import java.util.UUID;

/**
 * Where a job is a member of a workflow.
 *
 * @param node the name of the step; {@code on} for what a workflow has made at its end
 * @param index among the members of the step, from 0
 */
public record JobPlace(UUID workflow, String node, int index) {

    public JobPlace {
        if (node.isEmpty() || index < 0) {
            throw new IllegalArgumentException("A member has a step with a name, and an index from 0.");
        }
    }
}
