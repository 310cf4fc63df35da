package dev.millrace.api.workflows.record;

import dev.millrace.api.record.job.BodyHash;
import dev.millrace.api.workflows.turn.WorkflowState;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A workflow as the record has it.
 *
 * @param definition which its graph is; null for a graph of its own
 * @param scheduleId of the schedule that started it; null if none did
 * @param input JSON
 * @param priority of members that name none; null for that of their queues
 * @param metadata JSON object
 * @param startsAt while it is SCHEDULED and is to begin later
 * @param scheduledFor the time that the request set for its start; null for at once
 * @param failures turns in a row that failed
 * @param output JSON; null while it has none
 * @param outputOmitted bytes of a result that is too large to be the output; null if it is not
 * @param parent null if it was started by itself
 * @param compensate whether it is to be undone although it is cancelled
 * @param compensated whether all that was to be undone was; null if nothing was, or is yet
 * @param attempt how often it was tried since somebody last asked for it
 * @param retry how often and when it is tried again by itself, JSON; null for never
 * @param retryAt when it is tried again; null unless it waits for that
 * @param borrowed JSON object: what it needs of the graph around it; null if it stands alone
 */
public record WorkflowRow(
        UUID id,
        String tenant,
        @Nullable String name,
        @Nullable DefinitionRef definition,
        @Nullable String scheduleId,
        BodyHash spec,
        String input,
        @Nullable Integer priority,
        List<String> tags,
        String metadata,
        @Nullable String traceParent,
        WorkflowState state,
        int run,
        long version,
        @Nullable Instant startsAt,
        @Nullable Instant scheduledFor,
        @Nullable Instant deadlineAt,
        boolean cancelRequested,
        @Nullable String cancelReason,
        int failures,
        @Nullable String output,
        @Nullable Long outputOmitted,
        @Nullable String errorType,
        @Nullable String errorMessage,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable Parent parent,
        @Nullable String borrowed,
        boolean compensate,
        @Nullable Boolean compensated,
        int attempt,
        @Nullable String retry,
        @Nullable Instant retryAt) {

    private static final String BROKEN = "Broken";

    /**
     * Where a workflow is a member of another one.
     *
     * @param name of the node
     * @param run of the node
     * @param root at which the tree begins
     * @param depth how many stand above it
     */
    public record Parent(UUID workflow, int node, String name, int run, int index, UUID root, int depth) {}

    public WorkflowRow {
        tags = List.copyOf(tags);
    }

    /** The run that somebody asked for; those since then were made by itself. */
    public int askedRun() {
        return run - attempt + 1;
    }

    /** Whether it was given up, and waits for the ends of its members alone. */
    public boolean isBroken() {
        return !state.ended() && BROKEN.equals(errorType);
    }

    /** At which the tree begins. */
    public UUID root() {
        return parent == null ? id : parent.root();
    }

    /** How many stand above it. */
    public int depth() {
        return parent == null ? 0 : parent.depth();
    }
}
