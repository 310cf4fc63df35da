package dev.millrace.api.record.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.millrace.api.record.job.JobRow;
import dev.millrace.job.JobState;
import dev.millrace.job.JobStatus.End;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/** How a job stands, with what it made or why it did not; of the latter two one is there when it has ended. */
@RegisterForReflection
public record JobResult(
        JobState state,

        @JsonRawValue @JsonInclude(Include.NON_NULL) @Nullable
        String result,

        @JsonInclude(Include.NON_NULL) JobDocument.@Nullable Failure error) {

    /** As it is for whoever is shown no more than this. */
    public static JobResult of(JobRow row, Redaction redaction) {
        End end = row.status().ended();
        JobState state = row.status().state();
        if (end == null) {
            return new JobResult(state, null, null);
        }
        JobDocument.Failure failure = redaction.failure(row.task(), JobDocument.failure(end));
        String nothing = failure == null ? "null" : null;
        String result = redaction.result(row.task(), end.result());
        return new JobResult(state, result == null ? nothing : result, failure);
    }
}
