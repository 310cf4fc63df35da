package dev.millrace.api.jobs.submit;

import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.record.job.BodyHash;
import dev.millrace.api.record.job.NewJob;

/** One job of a bulk call: asked for well, or badly, which is that item's own problem. */
sealed interface BulkItem {

    /** What it counts as when bodies are compared. */
    BodyHash body();

    record Good(NewJob job) implements BulkItem {

        @Override
        public BodyHash body() {
            return job.body();
        }
    }

    record Bad(Problem problem, BodyHash body) implements BulkItem {}
}
