package dev.millrace.job;

import java.util.UUID;

/**
 * Where a job is a member of a workflow.
 *
 * @param node the name of the step; {@code on} for what a workflow has made at its end
 * @param index among the members of the step, from 0; below 0 of what reads the pages of its list, the first of which is -1
 */
public record JobPlace(UUID workflow, String node, int index) {

    public JobPlace {
        if (node.isEmpty()) {
            throw new IllegalArgumentException("The step of a member has a name.");
        }
    }
}
