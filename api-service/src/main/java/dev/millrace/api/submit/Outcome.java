package dev.millrace.api.submit;

import dev.millrace.job.JobId;
import java.util.List;
import java.util.Map;

/** What became of a submission, once it is known to be in PostgreSQL for good. */
sealed interface Outcome {

    /**
     * It was looked at for the first time.
     *
     * @param fates one for each job, in order
     * @param births of its new jobs
     */
    record Stored(List<Fate> fates, Map<JobId, Birth> births) implements Outcome {}

    /** The key was used with the same body before; this is the reply that was kept. */
    record Replayed(String reply) implements Outcome {}

    /** The key was used with another body. Nothing is stored. */
    record KeyReused() implements Outcome {}
}
