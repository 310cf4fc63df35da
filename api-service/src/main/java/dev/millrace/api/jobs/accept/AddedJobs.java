package dev.millrace.api.jobs.accept;

import dev.millrace.api.outbox.Dispatch;
import dev.millrace.api.outbox.OutboxRows;
import dev.millrace.api.record.job.JobInserts;
import dev.millrace.api.record.job.NewJob;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.postgres.Tx;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The new jobs of one statement, which leaves their outbox rows as well, so that it needs no transaction around it.
 *
 * @param times of all of them
 * @param outbox the rows of those that go to Redis
 */
public record AddedJobs(Map<JobId, NewJob.Times> times, Map<JobId, Long> outbox) {

    /** Made once: a statement is known to its connection by its text. */
    private static final String ADD = "with " + adding(JobInserts.ADD);

    /** The end of a statement that begins with {@code with}, for {@link #of}. */
    public static String adding(String insert) {
        return """
            added as (
            %s),
            dispatched as (
            %s)
            select added.id, created_at, due_at, expires_at, dispatched.id as outbox
            from added left join dispatched
                on sent and dispatched.queue = added.queue and dispatched.band = added.band""".formatted(insert, OutboxRows.ADD_SENT);
    }

    /** Adds those of these jobs that are not there. */
    static AddedJobs add(Tx tx, List<NewJob> jobs) {
        return of(tx, ADD, JobInserts.values(jobs));
    }

    /** Runs a statement that ends in {@link #adding}. */
    public static AddedJobs of(Tx tx, String statement, Stream<Object> parameters) {
        Map<JobId, NewJob.Times> times = new HashMap<>();
        Map<JobId, Long> outbox = new HashMap<>();
        for (Row row : tx.run(statement, parameters.toArray())) {
            JobId id = new JobId(row.getUUID("id"));
            times.put(id, JobInserts.times(row));
            outbox.put(id, row.getLong("outbox"));
        }
        outbox.values().removeIf(Objects::isNull);
        return new AddedJobs(times, outbox);
    }

    /** Those of these jobs that go to Redis, each once, in their order. */
    Dispatch dispatch(List<NewJob> jobs) {
        Map<JobId, Long> open = new HashMap<>(outbox);
        Map<Long, List<Job>> rows = new LinkedHashMap<>();
        for (NewJob job : jobs) {
            Long row = open.remove(job.id());
            if (row != null) {
                rows.computeIfAbsent(row, one -> new ArrayList<>()).add(firstRun(job));
            }
        }
        return new Dispatch(rows);
    }

    private Job firstRun(NewJob job) {
        return job.firstRun(Objects.requireNonNull(times.get(job.id()), "A new job has its times."));
    }
}
