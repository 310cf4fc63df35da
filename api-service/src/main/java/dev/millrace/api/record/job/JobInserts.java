package dev.millrace.api.record.job;

import dev.millrace.job.JobId;
import dev.millrace.postgres.Columns;
import dev.millrace.postgres.Tx;
import dev.millrace.postgres.Values;
import dev.millrace.stream.entries.Lane;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes rows of {@code api.job}, in the order of their ids, so that writers do not deadlock. */
public final class JobInserts {

    /**
     * What is not due yet is not parked: it needs no room in its band. What is due within 5 minutes goes to Redis, which
     * keeps its time; the rest stays here until then.
     */
    private static final String INSERT =
            """
            insert into api.job (id, body_hash, %1$s, expires_at, due_at, scheduled_for, state, parked, kept)
            select id, body_hash, %2$s,
                coalesce(expires_at, now() + ttl_ms * interval '1 millisecond'),
                due, due, case when due is null then 'QUEUED' else 'SCHEDULED' end, case when due is null then parked end,
                coalesce(due > now() + interval '5 minutes', false)
            from unnest($1::uuid[], $2::bytea[], $3::text[], $4::int8[], $5::timestamptz[], $6::int8[],
                $7::timestamptz[], %3$s) as t (id, body_hash, parked, delay_ms, run_at, ttl_ms, expires_at, %1$s)
            cross join lateral (select coalesce(run_at, now() + delay_ms * interval '1 millisecond')) named (time)
            cross join lateral (select case when named.time > now() then named.time end) later (due)
            order by id
            on conflict (id) do nothing
            returning id, created_at, due_at, expires_at, kept""".formatted(JobColumns.OF_DETAILS, JobColumns.SELECTED, JobColumns.arrays(8));

    private static final String STORED =
            "select id, tenant, body_hash from unnest($1::uuid[]) asked (id) join api.job using (id)";

    /** What tells whether a stored job is the one that is asked for. */
    private record Stored(String tenant, BodyHash body) {

        static Stored of(Row row) {
            return new Stored(
                    row.getString("tenant"),
                    BodyHash.of(row.getBuffer("body_hash").getBytes()));
        }

        static Stored of(NewJob job) {
            return new Stored(job.spec().tenant(), job.body());
        }
    }

    private JobInserts() {}

    /** What became of a job in a commit. */
    public enum Result {
        /** It is accepted. */
        CREATED,

        /** It was accepted before, from the same body. */
        DUPLICATE,

        /** Its id belongs to a job with another body. */
        ID_CONFLICT
    }

    /**
     * What was inserted.
     *
     * @param results one for each job, in order
     * @param times of the new ones
     */
    public record Inserted(List<Result> results, Map<JobId, NewJob.Times> times) {}

    /**
     * Inserts those that are not there.
     *
     * @param parked the lanes in which new jobs wait behind others
     */
    public static Inserted insert(Tx tx, List<NewJob> jobs, Set<Lane> parked) {
        Map<JobId, NewJob> first = new TreeMap<>();
        jobs.forEach(job -> first.putIfAbsent(job.id(), job));
        Map<JobId, NewJob.Times> times = times(tx, first.values(), parked);
        Map<JobId, Stored> stored = times.size() == jobs.size() ? Map.of() : stored(tx, jobs);
        List<Result> results = new ArrayList<>(jobs.size());
        Set<JobId> fresh = new HashSet<>(times.keySet());
        for (NewJob job : jobs) {
            results.add(fresh.remove(job.id()) ? Result.CREATED : result(job, stored.get(job.id())));
        }
        return new Inserted(results, times);
    }

    private static Result result(NewJob job, @Nullable Stored stored) {
        return Stored.of(job).equals(stored) ? Result.DUPLICATE : Result.ID_CONFLICT;
    }

    private static Map<JobId, NewJob.Times> times(Tx tx, Collection<NewJob> jobs, Set<Lane> parked) {
        Map<JobId, NewJob.Times> times = new HashMap<>();
        tx.run(INSERT, columns(List.copyOf(jobs), parked))
                .forEach(row -> times.put(new JobId(row.getUUID("id")), times(row)));
        return times;
    }

    private static NewJob.Times times(Row row) {
        return new NewJob.Times(
                Values.instant(row, "created_at"),
                Values.instantOrNull(row, "due_at"),
                Values.instantOrNull(row, "expires_at"),
                row.getBoolean("kept"));
    }

    private static Map<JobId, Stored> stored(Tx tx, List<NewJob> jobs) {
        Map<JobId, Stored> stored = new HashMap<>();
        tx.run(STORED, (Object) StoredJobs.uuids(jobs.stream().map(NewJob::id).toList()))
                .forEach(row -> stored.put(new JobId(row.getUUID("id")), Stored.of(row)));
        return stored;
    }

    private static Object[] columns(List<NewJob> jobs, Set<Lane> parked) {
        Columns<NewJob> columns = new Columns<>(jobs);
        Stream<Object> own = Stream.of(
                columns.uuids(job -> job.id().uuid()),
                columns.bytes(job -> Buffer.buffer(job.body().bytes())),
                columns.texts(job -> parked.contains(job.lane()) ? job.lane().label() : null),
                columns.longs(job -> millis(job.due())),
                columns.times(job -> job.due().at()),
                columns.longs(job -> millis(job.expiry())),
                columns.times(job -> job.expiry().at()));
        return Stream.concat(own, JobColumns.values(columns)).toArray();
    }

    private static @Nullable Long millis(DueTime time) {
        return time.after() == null ? null : time.after().toMillis();
    }
}
