package dev.millrace.api.record.query;

import dev.millrace.api.record.query.JobDocument.Failure;
import dev.millrace.job.TaskName;
import org.jspecify.annotations.Nullable;

/** What of the jobs that a caller sees the caller is not shown. May be used by many threads. */
public interface Redaction {

    /** Shows everything. */
    Redaction NONE = new Redaction() {

        @Override
        public boolean concerns(TaskName task) {
            return false;
        }

        @Override
        public String payload(TaskName task, String json) {
            return json;
        }

        @Override
        public @Nullable String result(TaskName task, @Nullable String json) {
            return json;
        }

        @Override
        public @Nullable Failure failure(TaskName task, @Nullable Failure failure) {
            return failure;
        }

        @Override
        public String request(String json) {
            return json;
        }
    };

    /** Whether jobs of the task look otherwise than they are. */
    boolean concerns(TaskName task);

    /** A payload as it is shown. */
    String payload(TaskName task, String json);

    /** A result as it is shown. */
    @Nullable
    String result(TaskName task, @Nullable String json);

    /** An error as it is shown. */
    @Nullable
    Failure failure(TaskName task, @Nullable Failure failure);

    /** What is asked for with a job, as a schedule has it, as it is shown: JSON with the fields {@code task} and {@code payload}. */
    String request(String json);
}
