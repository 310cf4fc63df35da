package dev.millrace.api.catalog.workers;

import dev.millrace.api.http.access.Caller;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.api.record.job.JobRow;
import dev.millrace.api.record.query.JobList;
import dev.millrace.api.record.query.JobQueries;
import dev.millrace.api.record.query.Redaction;
import dev.millrace.api.record.query.Redactions;
import dev.millrace.job.JobId;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.groups.HeldEntries;
import dev.millrace.stream.redis.RedisLink;
import dev.millrace.stream.redis.StreamsUnavailable;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Which jobs a worker has in its hands: Redis says which, the record says more of them. */
@Singleton
class WorkerJobs {

    private static final Comparator<JobRow> BY_ID =
            Comparator.comparing(row -> row.id().toString());

    private final HeldEntries held;
    private final JobQueries queries;
    private final Redactions redactions;
    private final InstantSource clock;

    WorkerJobs(RedisLink link, StreamNames names, JobQueries queries, Redactions redactions, InstantSource clock) {
        this.held = new HeldEntries(link, names);
        this.queries = queries;
        this.redactions = redactions;
        this.clock = clock;
    }

    /**
     * Those of the caller's tenant, in the order of ids. Of each queue a worker has 1,000 are looked at, which is more than any holds.
     *
     * @param behind the last of the page before; null for the first
     * @throws dev.millrace.api.http.problem.ProblemException 503 while Redis is away
     */
    CompletionStage<JobList> page(Caller caller, SeenWorker worker, @Nullable JobId behind, int limit) {
        Redaction redaction = redactions.of(caller);
        return queries.findAll(jobs(worker))
                .thenApply(rows -> cut(caller.tenant(), rows.values(), behind, limit, redaction));
    }

    private Collection<JobId> jobs(SeenWorker worker) {
        try {
            return held.by(worker.id(), worker.queues().keySet());
        } catch (StreamsUnavailable away) {
            throw Problem.of(ProblemType.UNAVAILABLE, "Redis, which knows what workers hold, cannot be asked now.")
                    .exception();
        }
    }

    private JobList cut(
            String tenant, Collection<JobRow> rows, @Nullable JobId behind, int limit, Redaction redaction) {
        List<JobRow> found = rows.stream()
                .filter(row -> row.tenant().equals(tenant))
                .filter(row -> !row.ended())
                .filter(row -> behind == null || row.id().toString().compareTo(behind.toString()) > 0)
                .sorted(BY_ID)
                .limit(limit + 1L)
                .toList();
        List<JobRow> page = found.subList(0, Math.min(limit, found.size()));
        String next = found.size() > limit ? page.getLast().id().toString() : null;
        return JobList.of(page, next, clock.instant(), redaction);
    }
}
