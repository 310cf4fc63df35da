package dev.millrace.worker.held;

import org.jspecify.annotations.Nullable;

/** Where a delivery stands in this worker. Phases only go forward, and each holds what is known in it and no more. */
sealed interface Phase {

    /** For a slot. */
    record Waiting() implements Phase {}

    /** The task runs. */
    record Running(TaskExecution execution) implements Phase {}

    /** The task runs on although another worker has taken the job over. */
    record Lost(TaskExecution execution) implements Phase {}

    /**
     * How it ends is decided, whether or not its thread has ended.
     *
     * @param execution null if it was decided before the task began
     * @param lost whether another worker had taken the job over
     */
    record Decided(@Nullable TaskExecution execution, boolean lost) implements Phase {}

    /** What runs, or ran; null before the start. */
    default @Nullable TaskExecution execution() {
        return switch (this) {
            case Waiting waiting -> null;
            case Running running -> running.execution();
            case Lost lost -> lost.execution();
            case Decided decided -> decided.execution();
        };
    }

    default boolean lost() {
        return switch (this) {
            case Waiting waiting -> false;
            case Running running -> false;
            case Lost lost -> true;
            case Decided decided -> decided.lost();
        };
    }

    default Phase decided() {
        return this instanceof Decided ? this : new Decided(execution(), lost());
    }

    /** Only what runs can be lost: what waits is dropped, and of what is decided Redis has the last word. */
    default Phase afterLoss() {
        return this instanceof Running running ? new Lost(running.execution()) : this;
    }
}
