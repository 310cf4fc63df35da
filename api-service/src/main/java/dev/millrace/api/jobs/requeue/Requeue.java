package dev.millrace.api.jobs.requeue;

import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.api.jobs.requeue.RequeueRows.Continued;
import dev.millrace.api.jobs.submit.Intake;
import dev.millrace.api.outbox.OutboxRows;
import dev.millrace.api.outbox.Publication;
import dev.millrace.api.outbox.Publisher;
import dev.millrace.api.outbox.RedisClock;
import dev.millrace.api.outbox.StoredJobs;
import dev.millrace.api.record.query.JobRow;
import dev.millrace.api.record.query.JobRows;
import dev.millrace.api.record.query.Refusals;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.job.TaskName;
import dev.millrace.postgres.Db;
import dev.millrace.postgres.Tx;
import dev.millrace.stream.entries.Lane;
import io.vertx.sqlclient.Row;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Requeues jobs. What is committed is sent: at once by this instance, and if it dies or Redis is away, by a relay. Methods
 * throw {@link dev.millrace.postgres.DatabaseUnavailable} when PostgreSQL is away; whether the job was requeued is not known
 * then, and the repeated call is answered with a conflict if it was.
 */
@Singleton
public class Requeue {

    private static final Duration LIMIT = Duration.ofSeconds(2);

    private static final String HOLD_JOB =
            "select id, task, state from api.job where tenant = $1 and id = $2 for update";

    private static final String HOLD_LETTER = """
            select j.id, j.task, j.state, d.requeued_at, d.resolved_at
            from api.job j join api.dead_letter d on d.job = j.id
            where d.tenant = $1 and d.id = $2 for update of j, d""";

    private static final String HOLD_LETTERS = """
            select j.id from api.job j join api.dead_letter d on d.job = j.id and d.position = j.ended_position
            where d.id = any($1) and d.open order by j.id for update of j, d""";

    private static final String FIND = "select " + JobRows.COLUMNS + " from api.job where id = $1";

    private final Db db;
    private final Intake intake;
    private final RedisClock clock;
    private final Publisher publisher;
    private final RequeueMeters meters;

    public Requeue(Db db, Intake intake, RedisClock clock, Publisher publisher, RequeueMeters meters) {
        this.db = db;
        this.intake = intake;
        this.clock = clock;
        this.publisher = publisher;
        this.meters = meters;
    }

    /** A requeued job and what is to be sent of it; nothing if it is parked. */
    private record Requeued(JobRow row, Map<Long, List<Job>> outbox) {}

    /**
     * The job's next run.
     *
     * @throws dev.millrace.api.http.problem.ProblemException 404 if the tenant has no such job, 409 while it is live and if it
     *     succeeded, 413 or 422 if it cannot run with the change
     */
    public JobRow job(String tenant, JobId job, Change change) {
        return requeued(tx -> held(tx.run(HOLD_JOB, tenant, job.uuid()), () -> Refusals.unknownJob(job)), change);
    }

    /**
     * The next run of the job that left a dead letter.
     *
     * @throws dev.millrace.api.http.problem.ProblemException as for a job; 409 also if it was requeued or resolved before
     */
    public JobRow letter(String tenant, UUID letter, Change change) {
        return requeued(tx -> heldLetter(tx, tenant, letter), change);
    }

    /** As part of a transaction: requeues those that are still open, for a relay to send; returns how many these were. */
    public int letters(Tx tx, Collection<UUID> letters) {
        List<JobId> jobs = new ArrayList<>();
        tx.run(HOLD_LETTERS, (Object) letters.toArray(UUID[]::new))
                .forEach(row -> jobs.add(new JobId(row.getUUID("id"))));
        Continued continued = RequeueRows.go(tx, jobs, null, null);
        continued.toSend().forEach((lane, own) -> OutboxRows.addDue(tx, lane, own));
        return continued.jobs();
    }

    /** To be told after the commit. */
    public void committed(int jobs) {
        meters.requeued(jobs);
    }

    private interface Hold {
        Row in(Tx tx);
    }

    private JobRow requeued(Hold hold, Change change) {
        Optional<Instant> asOf = clock.now();
        Requeued requeued = db.transaction(LIMIT, tx -> requeued(tx, hold.in(tx), change));
        asOf.ifPresent(time -> publisher.offer(publications(requeued, time)));
        committed(1);
        return requeued.row();
    }

    private Requeued requeued(Tx tx, Row held, Change change) {
        requireEndedWithoutSuccess(JobState.valueOf(held.getString("state")));
        JobId job = new JobId(held.getUUID("id"));
        String payload = payload(change, new TaskName(held.getString("task")));
        Continued continued =
                RequeueRows.go(tx, List.of(job), payload, change.queue() == null ? null : intake.queue(change.queue()));
        return new Requeued(JobRows.read(tx.run(FIND, job.uuid()).iterator().next()), outbox(tx, continued.toSend()));
    }

    private @Nullable String payload(Change change, TaskName task) {
        return change.payload() == null ? null : intake.payload(task, change.payload());
    }

    private static Map<Long, List<Job>> outbox(Tx tx, Map<Lane, List<JobId>> toSend) {
        Map<Long, List<Job>> outbox = new HashMap<>();
        toSend.forEach((lane, jobs) -> outbox.put(OutboxRows.add(tx, lane, jobs), StoredJobs.waiting(tx, jobs)));
        return outbox;
    }

    private static List<Publication> publications(Requeued requeued, Instant asOf) {
        return requeued.outbox().entrySet().stream()
                .map(row -> new Publication(row.getKey(), asOf, row.getValue()))
                .toList();
    }

    private static Row held(Iterable<Row> found, Supplier<RuntimeException> unknown) {
        for (Row row : found) {
            return row;
        }
        throw unknown.get();
    }

    private static Row heldLetter(Tx tx, String tenant, UUID letter) {
        Row row = held(tx.run(HOLD_LETTER, tenant, letter), () -> unknownLetter(letter));
        if (row.getOffsetDateTime("requeued_at") != null) {
            throw conflict("Dead letter " + letter + " was requeued before; its job is " + row.getUUID("id") + ".");
        }
        if (row.getOffsetDateTime("resolved_at") != null) {
            throw conflict("Dead letter " + letter + " is resolved. To run its job again, POST /api/v1/jobs/"
                    + row.getUUID("id") + "/retry.");
        }
        return row;
    }

    /** Also said of another tenant's dead letter. */
    public static RuntimeException unknownLetter(UUID letter) {
        return Problem.of(ProblemType.NOT_FOUND, "There is no dead letter " + letter + ".")
                .exception();
    }

    private static void requireEndedWithoutSuccess(JobState state) {
        if (!state.ended()) {
            throw conflict("The job is " + state + "; only a job that has ended can be run again.");
        }
        if (state == JobState.SUCCEEDED) {
            throw conflict("The job has SUCCEEDED; submit a new one to do it again.");
        }
    }

    private static RuntimeException conflict(String detail) {
        return Problem.of(ProblemType.CONFLICT, detail).exception();
    }
}
