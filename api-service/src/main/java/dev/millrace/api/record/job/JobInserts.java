package dev.millrace.api.record.job;

import dev.millrace.job.JobId;
import dev.millrace.postgres.Tx;
import dev.millrace.postgres.Values;
import dev.millrace.stream.entries.Lane;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes rows of {@code api.job}, in the order of their ids, so that writers do not deadlock. */
public final class JobInserts {

    /**
     * Tags are names, which have no comma in them. What is not due yet is not parked: it needs no room in its band. What
     * is due within 5 minutes goes to Redis, which keeps its time; the rest stays here until then.
     */
    private static final String INSERT = """
            insert into api.job (id, tenant, task, queue, priority, payload, tags, metadata, trace_parent,
                ignore_result, body_hash, terms, max_attempts, schedule_id, expires_at, due_at, scheduled_for, state,
                parked, kept)
            select id, tenant, task, queue, priority, payload, string_to_array(tags, ','), metadata, trace_parent,
                ignore_result, body_hash, terms, max_attempts, schedule_id,
                coalesce(expires_at, now() + ttl_ms * interval '1 millisecond'),
                due, due, case when due is null then 'QUEUED' else 'SCHEDULED' end, case when due is null then parked end,
                coalesce(due > now() + interval '5 minutes', false)
            from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::int2[], $6::text[], $7::text[],
                $8::text[], $9::text[], $10::bool[], $11::bytea[], $12::text[], $13::text[], $14::int4[],
                $15::int8[], $16::timestamptz[], $17::int8[], $18::timestamptz[], $19::text[])
                as t (id, tenant, task, queue, priority, payload, tags, metadata, trace_parent, ignore_result,
                    body_hash, parked, terms, max_attempts, delay_ms, run_at, ttl_ms, expires_at, schedule_id)
            cross join lateral (select coalesce(run_at, now() + delay_ms * interval '1 millisecond')) named (time)
            cross join lateral (select case when named.time > now() then named.time end) later (due)
            order by id
            on conflict (id) do nothing
            returning id, created_at, due_at, expires_at, kept""";

    private static final String STORED = "select id, tenant, body_hash from api.job where id = any($1)";

    /** What tells whether a stored job is the one that is asked for. */
    private record Stored(String tenant, BodyHash body) {

        static Stored of(Row row) {
            return new Stored(
                    row.getString("tenant"),
                    BodyHash.of(row.getBuffer("body_hash").getBytes()));
        }

        static Stored of(NewJob job) {
            return new Stored(job.tenant(), job.body());
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
        return new Object[] {
            StoredJobs.uuids(jobs.stream().map(NewJob::id).toList()),
            texts(jobs, NewJob::tenant),
            texts(jobs, job -> job.task().value()),
            texts(jobs, job -> job.queue().value()),
            jobs.stream().map(job -> (short) job.priority()).toArray(Short[]::new),
            texts(jobs, NewJob::payload),
            texts(jobs, job -> String.join(",", job.tags())),
            texts(jobs, NewJob::metadata),
            texts(jobs, NewJob::traceParent),
            jobs.stream().map(NewJob::ignoreResult).toArray(Boolean[]::new),
            jobs.stream().map(job -> Buffer.buffer(job.body().bytes())).toArray(Buffer[]::new),
            texts(jobs, job -> parked.contains(job.lane()) ? job.lane().label() : null),
            texts(jobs, job -> StoredPolicy.text(job.terms())),
            jobs.stream().map(NewJob::maxAttempts).toArray(Integer[]::new),
            millis(jobs, NewJob::due),
            times(jobs, NewJob::due),
            millis(jobs, NewJob::expiry),
            times(jobs, NewJob::expiry),
            texts(jobs, NewJob::scheduleId)
        };
    }

    private static @Nullable String[] texts(List<NewJob> jobs, Function<NewJob, @Nullable String> column) {
        return jobs.stream().map(column).toArray(String[]::new);
    }

    private static @Nullable Long[] millis(List<NewJob> jobs, Function<NewJob, DueTime> moment) {
        return jobs.stream()
                .map(moment)
                .map(given -> given.after() == null ? null : given.after().toMillis())
                .toArray(Long[]::new);
    }

    private static @Nullable OffsetDateTime[] times(List<NewJob> jobs, Function<NewJob, DueTime> moment) {
        return jobs.stream()
                .map(moment)
                .map(given -> given.at() == null ? null : given.at().atOffset(ZoneOffset.UTC))
                .toArray(OffsetDateTime[]::new);
    }
}
