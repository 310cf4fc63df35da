package dev.millrace.task;

import java.util.UUID;

/**
 * Where a job is a member of a workflow.
 *
 * @param node the name of the step; {@code on} for what a workflow has made at its end
 * @param index among the members of the step, from 0: of a map, the place of its item; below 0 of what reads the pages of its list
 */
public record WorkflowPlace(UUID workflow, String node, int index) {}
