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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes rows of {@code api.job}, in the order of their ids, so that writers do not deadlock. */
public final class JobInserts {

    /** Parameters that are not among those of {@link JobColumns}. */
    private static final int OWN = 8;

    /** How many parameters {@link #values} makes; a statement that has others too counts on from there. */
    public static final int PARAMETERS = OWN + JobColumns.count();

    /**
     * Adds those jobs that are not there. Returns id, queue, band, created_at, due_at and expires_at of the new ones, and whether
     * each is {@code sent}: whether it waits in PostgreSQL neither for its time nor for those that are parked in its lane.
     */
    public static final String ADD = add("", "on conflict (id) do nothing");

    /**
     * As {@link #ADD}, but for those whose ids are among {@code barred}. PostgreSQL refuses the statement if another one is there
     * already.
     */
    public static final String ADD_UNLESS_BARRED = add("where id not in (select id from barred)", "");

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
     * What is not due yet is not parked: it needs no room in its band. What is due within 5 minutes goes to Redis, which
     * keeps its time; the rest stays here until then.
     */
    private static String add(String which, String onConflict) {
        return """
            insert into api.job (id, body_hash, %1$s, expires_at, due_at, scheduled_for, state, parked, kept)
            select id, body_hash, %2$s,
                coalesce(expires_at, now() + ttl_ms * interval '1 millisecond'),
                due, due, case when due is null then 'QUEUED' else 'SCHEDULED' end,
                case when due is null and (queue, %4$s) in (%5$s) then %4$s end,
                coalesce(due > now() + interval '5 minutes', false)
            from unnest($1::uuid[], $2::bytea[], $3::int8[], $4::timestamptz[], $5::int8[], $6::timestamptz[], %3$s)
                as t (id, body_hash, delay_ms, run_at, ttl_ms, expires_at, %1$s)
            cross join lateral (select coalesce(run_at, now() + delay_ms * interval '1 millisecond')) named (time)
            cross join lateral (select case when named.time > now() then named.time end) later (due)
            %6$s
            order by id
            %7$s
            returning id, queue, %4$s as band, created_at, due_at, expires_at, parked is null and not kept as sent""".formatted(
                        JobColumns.OF_DETAILS,
                        JobColumns.SELECTED,
                        JobColumns.arrays(OWN + 1),
                        JobColumns.BAND,
                        WaitingRows.parkedAhead(OWN - 1),
                        which,
                        onConflict);
    }

    /** The parameters that add these jobs; of those that share an id the first. */
    public static Stream<Object> values(List<NewJob> jobs) {
        Map<JobId, NewJob> first = new LinkedHashMap<>();
        jobs.forEach(job -> first.putIfAbsent(job.id(), job));
        Columns<NewJob> of = new Columns<>(first.values());
        Columns<Lane> lanes = new Columns<>(lanes(first.values()));
        Stream<Object> own = Stream.of(
                of.uuids(job -> job.id().uuid()),
                of.bytes(job -> Buffer.buffer(job.body().bytes())),
                of.longs(job -> millis(job.due())),
                of.times(job -> job.due().at()),
                of.longs(job -> millis(job.expiry())),
                of.times(job -> job.expiry().at()),
                lanes.texts(lane -> lane.queue().value()),
                lanes.texts(Lane::label));
        return Stream.concat(own, JobColumns.values(of));
    }

    private static Set<Lane> lanes(Collection<NewJob> jobs) {
        return jobs.stream().map(NewJob::lane).collect(Collectors.toSet());
    }

    private static @Nullable Long millis(DueTime time) {
        return time.after() == null ? null : time.after().toMillis();
    }

    /** The times of a job that was added. */
    public static NewJob.Times times(Row added) {
        return new NewJob.Times(
                Values.instant(added, "created_at"),
                Values.instantOrNull(added, "due_at"),
                Values.instantOrNull(added, "expires_at"));
    }

    /** What became of each of these jobs, in order, of which those with the ids were added. */
    public static List<Result> results(Tx tx, List<NewJob> jobs, Set<JobId> added) {
        Map<JobId, Stored> stored = added.size() == jobs.size() ? Map.of() : stored(tx, jobs);
        List<Result> results = new ArrayList<>(jobs.size());
        Set<JobId> fresh = new HashSet<>(added);
        for (NewJob job : jobs) {
            results.add(fresh.remove(job.id()) ? Result.CREATED : result(job, stored.get(job.id())));
        }
        return results;
    }

    private static Result result(NewJob job, @Nullable Stored stored) {
        return Stored.of(job).equals(stored) ? Result.DUPLICATE : Result.ID_CONFLICT;
    }

    private static Map<JobId, Stored> stored(Tx tx, List<NewJob> jobs) {
        Map<JobId, Stored> stored = new HashMap<>();
        tx.run(STORED, (Object) StoredJobs.uuids(jobs.stream().map(NewJob::id).toList()))
                .forEach(row -> stored.put(new JobId(row.getUUID("id")), Stored.of(row)));
        return stored;
    }
}
