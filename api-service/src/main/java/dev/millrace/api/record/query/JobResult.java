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

    public static JobResult of(JobRow row) {
        End end = row.status().ended();
        JobState state = row.status().state();
        if (end == null) {
            return new JobResult(state, null, null);
        }
        JobDocument.Failure failure = JobDocument.failure(end);
        String nothing = failure == null ? "null" : null;
        return new JobResult(state, end.result() == null ? nothing : end.result(), failure);
    }
}
