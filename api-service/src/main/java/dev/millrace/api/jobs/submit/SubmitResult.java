package dev.millrace.api.jobs.submit;

import dev.millrace.api.record.job.JobInserts.Result;
import dev.millrace.api.record.job.NewJob;
import dev.millrace.job.JobId;
import java.util.List;
import java.util.Map;

/** What became of a submission, once it is known to be in PostgreSQL for good. */
sealed interface SubmitResult {

    /**
     * It was looked at for the first time.
     *
     * @param results one for each job, in order
     * @param times of its new jobs
     */
    record Stored(List<Result> results, Map<JobId, NewJob.Times> times) implements SubmitResult {}

    /** The key was used with the same body before; this is the reply that was kept. */
    record Replayed(String reply) implements SubmitResult {}

    /** The key was used with another body. Nothing is stored. */
    record KeyReused() implements SubmitResult {}
}
