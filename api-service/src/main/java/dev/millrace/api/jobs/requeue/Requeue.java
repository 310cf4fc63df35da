package dev.millrace.api.jobs.requeue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.http.problem.Checked;
import dev.millrace.api.http.problem.Checked.Accepted;
import dev.millrace.api.http.problem.Checked.Refused;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.api.jobs.accept.Intake;
import dev.millrace.api.jobs.requeue.RequeueRows.Continued;
import dev.millrace.api.outbox.Dispatch;
import dev.millrace.api.outbox.OutboxRows;
import dev.millrace.api.outbox.Publisher;
import dev.millrace.api.record.job.EndEffects;
import dev.millrace.api.record.job.JobRow;
import dev.millrace.api.record.job.JobRows;
import dev.millrace.api.record.job.StoredJobs;
import dev.millrace.api.record.members.FoundJob;
import dev.millrace.api.record.members.MemberRows;
import dev.millrace.api.record.query.Refusals;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import dev.millrace.postgres.Db;
import dev.millrace.postgres.Tx;
import io.vertx.sqlclient.Row;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Requeues jobs. What is committed is sent: at once by this instance, and if it dies or Redis is away, by a relay. Methods
 * throw {@link dev.millrace.postgres.DatabaseUnavailable} when PostgreSQL is away; whether the job was requeued is not known
 * then, and the repeated call is answered with a conflict if it was.
 */
@Singleton
public class Requeue {

    private static final Duration LIMIT = Duration.ofSeconds(2);

    private static final String HOLD_LETTER = """
            select j.id, j.task, j.state, d.requeued_at, d.resolved_at
            from api.job j join api.dead_letter d on d.job = j.id
            where d.tenant = $1 and d.id = $2 for update of j, d""";

    private static final String HOLD_LETTERS = """
            select j.id from api.job j join api.dead_letter d on d.job = j.id and d.position = j.ended_position
            where d.id = any($1) and d.open order by j.id for update of j, d""";

    private static final String JOBS_OF_LETTERS = "select job from api.dead_letter where id = any($1)";

    private final Db db;
    private final Intake intake;
    private final Publisher publisher;
    private final EndEffects effects;
    private final RequeueMeters meters;

    public Requeue(Db db, Intake intake, Publisher publisher, EndEffects effects, RequeueMeters meters) {
        this.db = db;
        this.intake = intake;
        this.publisher = publisher;
        this.effects = effects;
        this.meters = meters;
    }

    /** A requeued job, and what is to be sent of it; nothing if it is parked. */
    private record Requeued(JobRow row, Dispatch dispatch) {}

    /** What the next run has otherwise than the one before, checked; null for what stays. */
    private record CheckedChange(
            @Nullable String payload, @Nullable QueueName queue) {}

    /**
     * The job's next run; refused with 404 if the tenant has no such job, with 409 while it is live and if it succeeded, with
     * 413 or 422 if it cannot run with the change.
     */
    public Checked<JobRow> job(String tenant, JobId job, Change change) {
        return requeued(
                tx -> {
                    MemberRows.holdWorkflows(tx, List.of(job));
                    return held(tx.run(JobRows.HOLD, tenant, job.uuid()), Refusals.unknown(job));
                },
                change);
    }

    /**
     * The next run of the job that left a dead letter; refused as for a job, and with 409 if the letter was requeued or
     * resolved before.
     */
    public Checked<JobRow> letter(String tenant, UUID letter, Change change) {
        return requeued(tx -> heldLetter(tx, tenant, letter), change);
    }

    /** As part of a transaction: requeues those that are still open, for a relay to send; returns how many these were. */
    public int letters(Tx tx, Collection<UUID> letters) {
        List<JobId> jobs = new ArrayList<>();
        MemberRows.holdWorkflows(tx, jobsOf(tx, letters));
        tx.run(HOLD_LETTERS, (Object) letters.toArray(UUID[]::new))
                .forEach(row -> jobs.add(new JobId(row.getUUID("id"))));
        return goOn(tx, jobs);
    }

    /**
     * As part of a transaction: requeues those of these that are the tenant's, ended without success, and are no members of steps that have
     * settled, for a relay to send; returns all that are the tenant's.
     */
    public Map<JobId, FoundJob> jobs(Tx tx, String tenant, Collection<JobId> jobs) {
        Map<JobId, JobState> states = new TreeMap<>();
        MemberRows.holdWorkflows(tx, jobs);
        tx.run(JobRows.HOLD_ALL, tenant, StoredJobs.uuids(jobs))
                .forEach(row -> states.put(new JobId(row.getUUID("id")), JobState.valueOf(row.getString("state"))));
        Set<JobId> closed = MemberRows.closed(tx, states.keySet());
        goOn(
                tx,
                states.keySet().stream().filter(job -> mayGoOn(states.get(job))).toList());
        Map<JobId, FoundJob> found = new TreeMap<>();
        states.forEach((job, state) -> found.put(job, new FoundJob(state, closed.contains(job))));
        return found;
    }

    /**
     * As part of a transaction that has locked their workflow: requeues these members, which have ended without success, for a relay to
     * send; returns how many they are.
     */
    public int members(Tx tx, String tenant, Collection<JobId> jobs) {
        tx.run(JobRows.HOLD_ALL, tenant, StoredJobs.uuids(jobs));
        Continued continued = RequeueRows.go(tx, effects, jobs, null, null);
        continued.toSend().forEach((lane, own) -> OutboxRows.addDue(tx, lane, own));
        return continued.jobs();
    }

    private static boolean mayGoOn(@Nullable JobState state) {
        return state != null && objectionTo(state).isEmpty();
    }

    private int goOn(Tx tx, List<JobId> held) {
        List<JobId> jobs = new ArrayList<>(held);
        jobs.removeAll(MemberRows.closed(tx, held));
        Continued continued = RequeueRows.go(tx, effects, jobs, null, null);
        continued.toSend().forEach((lane, own) -> OutboxRows.addDue(tx, lane, own));
        return continued.jobs();
    }

    /** To be told after the commit. */
    public void committed(int jobs) {
        meters.requeued(jobs);
    }

    private interface Hold {
        Checked<Row> in(Tx tx);
    }

    private Checked<JobRow> requeued(Hold hold, Change change) {
        Checked<Requeued> requeued = publisher.publishAfter(
                () -> db.transaction(
                        LIMIT,
                        tx -> hold.in(tx)
                                .then(Requeue::endedWithoutSuccess)
                                .then(row -> ofOpenNode(tx, row))
                                .then(row -> requeued(tx, row, change))),
                Requeue::dispatch);
        return requeued.then(done -> {
            committed(1);
            return new Accepted<>(done.row());
        });
    }

    private static Dispatch dispatch(Checked<Requeued> requeued) {
        return switch (requeued) {
            case Accepted<Requeued>(Requeued done) -> done.dispatch();
            case Refused<Requeued> refused -> Dispatch.NONE;
        };
    }

    private Checked<Requeued> requeued(Tx tx, Row held, Change change) {
        JobId job = new JobId(held.getUUID("id"));
        return checked(new TaskName(held.getString("task")), change)
                .then(right -> new Accepted<>(requeued(tx, job, right)));
    }

    private Requeued requeued(Tx tx, JobId job, CheckedChange change) {
        RequeueRows.go(tx, effects, List.of(job), change.payload(), change.queue());
        Dispatch dispatch = Dispatch.of(tx, StoredJobs.waiting(tx, List.of(job)));
        return new Requeued(JobRows.find(tx, job), dispatch);
    }

    private Checked<CheckedChange> checked(TaskName task, Change change) {
        return payload(task, change.payload())
                .then(payload -> queue(change.queue())
                        .then(queue -> new Accepted<>(new CheckedChange(payload.orElse(null), queue.orElse(null)))));
    }

    private Checked<Optional<String>> payload(TaskName task, @Nullable JsonNode payload) {
        return payload == null
                ? new Accepted<>(Optional.empty())
                : intake.payload(task, payload).then(text -> new Accepted<>(Optional.of(text)));
    }

    private Checked<Optional<QueueName>> queue(@Nullable QueueName queue) {
        return queue == null
                ? new Accepted<>(Optional.empty())
                : intake.queue(queue).then(known -> new Accepted<>(Optional.of(known)));
    }

    private static Checked<Row> held(Iterable<Row> found, Problem unknown) {
        for (Row row : found) {
            return new Accepted<>(row);
        }
        return new Refused<>(unknown);
    }

    private static Checked<Row> heldLetter(Tx tx, String tenant, UUID letter) {
        MemberRows.holdWorkflows(tx, jobsOf(tx, List.of(letter)));
        return held(tx.run(HOLD_LETTER, tenant, letter), unknownLetter(letter))
                .then(row -> Checked.unless(objectionTo(letter, row), () -> row));
    }

    private static Optional<Problem> objectionTo(UUID letter, Row row) {
        if (row.getOffsetDateTime("requeued_at") != null) {
            return conflict("Dead letter " + letter + " was requeued before; its job is " + row.getUUID("id") + ".");
        }
        if (row.getOffsetDateTime("resolved_at") != null) {
            return conflict("Dead letter " + letter + " is resolved. To run its job again, POST /api/v1/jobs/"
                    + row.getUUID("id") + "/retry.");
        }
        return Optional.empty();
    }

    /** Also said of another tenant's dead letter. */
    public static Problem unknownLetter(UUID letter) {
        return Problem.of(ProblemType.NOT_FOUND, "There is no dead letter " + letter + ".");
    }

    private static Checked<Row> endedWithoutSuccess(Row row) {
        JobState state = JobState.valueOf(row.getString("state"));
        return Checked.unless(objectionTo(state), () -> row);
    }

    /** A node that has settled counts its members no more: what follows it was decided by their ends. */
    private static Checked<Row> ofOpenNode(Tx tx, Row row) {
        boolean closed =
                !MemberRows.closed(tx, List.of(new JobId(row.getUUID("id")))).isEmpty();
        return Checked.unless(
                closed
                        ? conflict(
                                "The job is a member of a workflow whose step has settled, or gives up; it cannot be run again alone.")
                        : Optional.empty(),
                () -> row);
    }

    private static List<JobId> jobsOf(Tx tx, Collection<UUID> letters) {
        return tx.list(row -> new JobId(row.getUUID("job")), JOBS_OF_LETTERS, (Object) letters.toArray(UUID[]::new));
    }

    private static Optional<Problem> objectionTo(JobState state) {
        if (!state.ended()) {
            return conflict("The job is " + state + "; only a job that has ended can be run again.");
        }
        return state == JobState.SUCCEEDED
                ? conflict("The job has SUCCEEDED; submit a new one to do it again.")
                : Optional.empty();
    }

    private static Optional<Problem> conflict(String detail) {
        return Optional.of(Problem.of(ProblemType.CONFLICT, detail));
    }
}
