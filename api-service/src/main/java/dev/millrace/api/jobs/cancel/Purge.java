package dev.millrace.api.jobs.cancel;

import dev.millrace.api.base.page.Keyset;
import dev.millrace.api.jobs.cancel.EndWithoutRedis.Ended;
import dev.millrace.api.live.events.EndListener;
import dev.millrace.api.record.job.WaitingRows;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.job.QueueName;
import dev.millrace.postgres.Db;
import dev.millrace.postgres.Tx;
import dev.millrace.stream.jobs.Batch;
import dev.millrace.stream.jobs.Cancelling;
import dev.millrace.stream.jobs.Cancelling.Cancel;
import dev.millrace.stream.jobs.Cancelling.Cancellation;
import io.vertx.sqlclient.Row;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Ends what waits on a queue, page by page: through Redis, or in PostgreSQL what is nowhere in Redis. What a worker has in hand is
 * let alone, and so is what another instance has locked. Dies this process in the middle, some have ended and the others wait
 * as before; the same call does the rest.
 */
@Singleton
public class Purge {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration CALL = Duration.ofSeconds(20);
    /** Jobs of all queues that one page looks at. */
    private static final int LOOKED_AT = 2_000;

    private final Db db;
    private final Cancelling streams;
    private final EndWithoutRedis endings;
    private final EndListener listener;
    private final LongSupplier nanos;

    public Purge(Db db, Cancelling streams, EndWithoutRedis endings, EndListener listener, LongSupplier nanos) {
        this.db = db;
        this.streams = streams;
        this.endings = endings;
        this.listener = listener;
        this.nanos = nanos;
    }

    /**
     * What came of a purge.
     *
     * @param purged jobs that it ended
     * @param complete whether it has looked at all of them; false if its 20 s were over before
     */
    record Purged(long purged, boolean complete) {}

    /** Jobs of the queue that a page found, and where the next one begins; null if there is none. */
    private record Page(List<JobId> jobs, @Nullable Keyset next) {}

    /**
     * Ends the jobs of a tenant that waited in these states when it began.
     *
     * @throws dev.millrace.stream.redis.StreamsUnavailable if Redis could not be asked; what was ended before stays so
     */
    Purged purge(String tenant, QueueName queue, List<JobState> states) {
        long begun = nanos.getAsLong();
        OffsetDateTime asOf =
                db.session(LIMIT, tx -> tx.run("select now()").iterator().next().getOffsetDateTime(0));
        long purged = 0;
        for (JobState state : states) {
            Keyset place = Keyset.START;
            while (place != null) {
                if (nanos.getAsLong() - begun > CALL.toNanos()) {
                    return new Purged(purged, false);
                }
                Page page = page(tenant, queue, state, place, asOf);
                purged += end(page.jobs(), state);
                place = page.next();
            }
        }
        return new Purged(purged, true);
    }

    /** Looks at jobs of all queues: none of the indexes has both the state and the queue, and few jobs wait. */
    private Page page(String tenant, QueueName queue, JobState state, Keyset place, OffsetDateTime asOf) {
        List<JobId> jobs = new ArrayList<>();
        Keyset end = place;
        int looked = 0;
        for (Row row : db.session(
                LIMIT, tx -> tx.run(WaitingRows.inState(state), tenant, place.at(), place.id(), asOf, LOOKED_AT))) {
            end = Keyset.of(row, "time");
            looked++;
            if (row.getString("queue").equals(queue.value())) {
                jobs.add(new JobId(end.id()));
            }
            if (jobs.size() == Batch.MAX) {
                return new Page(jobs, end);
            }
        }
        return new Page(jobs, looked < LOOKED_AT ? null : end);
    }

    private long end(List<JobId> jobs, JobState state) {
        if (jobs.isEmpty()) {
            return 0;
        }
        Turn turn = db.transaction(LIMIT, tx -> end(tx, jobs, state));
        turn.ended().committed(listener);
        return turn.inRedis() + turn.ended().positions().size();
    }

    private record Turn(long inRedis, Ended ended) {}

    /** Their rows stay locked until Redis has answered, so that none of them is enqueued meanwhile. */
    private Turn end(Tx tx, List<JobId> jobs, JobState state) {
        UUID[] ids = jobs.stream().map(JobId::uuid).toArray(UUID[]::new);
        List<Cancel> waiting = tx.list(
                row -> new Cancel(
                        new JobId(row.getUUID("id")),
                        new QueueName(row.getString("queue")),
                        row.getLong("run"),
                        JobState.CANCELLED),
                WaitingRows.LOCK_WAITING,
                ids,
                new String[] {state.name()});
        if (waiting.isEmpty()) {
            return new Turn(0, Ended.NONE);
        }
        List<Cancellation> answers = streams.purge(waiting);
        long inRedis = answers.stream()
                .filter(answer -> answer == Cancellation.CANCELLED)
                .count();
        return new Turn(inRedis, endings.end(tx, JobState.CANCELLED, EndWithoutRedis.among(waiting, answers)));
    }
}
