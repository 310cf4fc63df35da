package dev.millrace.api.jobs.deadletter;

import dev.millrace.api.record.job.EndEffect;
import dev.millrace.api.record.job.RecordedEnd;
import dev.millrace.api.record.job.StoredJobs;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.postgres.Columns;
import dev.millrace.postgres.Tx;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Writes {@code api.dead_letter}: one for each end that failed, and what became of it when its job is requeued. */
public final class DeadLetterRows implements EndEffect {

    private static final String INSERT = """
            with made as (
                insert into api.dead_letter (job, position, tenant, task, queue, payload, attempts,
                    error_type, error_message, error_stack, failed_at)
                select j.id, j.ended_position, j.tenant, j.task, j.queue, j.payload, j.attempt,
                    j.error_type, j.error_message, j.error_stack, j.finished_at
                from api.job j join unnest($1::uuid[], $2::bytea[]) as e (job, position)
                    on e.job = j.id and e.position = j.ended_position
                on conflict (job, position) do nothing
                returning task, queue)
            select task, queue, count(*) as letters from made group by task, queue""";

    private static final String MARK_REQUEUED = """
            update api.dead_letter d set requeued_at = now() from api.job j
            where j.id = any($1) and d.job = j.id and d.position = j.superseded_up_to and d.open""";

    private final MeterRegistry registry;

    public DeadLetterRows(MeterRegistry registry) {
        this.registry = registry;
    }

    /** How many dead letters the jobs of a task on a queue left. */
    private record Left(String task, String queue, long letters) {}

    @Override
    public boolean follows(JobState state) {
        return RecordedEnd.failed(state);
    }

    /** They are counted after the commit. */
    @Override
    public Runnable ended(Tx tx, List<RecordedEnd> ends) {
        List<RecordedEnd> failed = ends.stream().filter(RecordedEnd::failed).toList();
        if (failed.isEmpty()) {
            return NOTHING;
        }
        List<Left> left = insert(tx, failed);
        return () -> left.forEach(this::count);
    }

    private static List<Left> insert(Tx tx, List<RecordedEnd> failed) {
        Columns<RecordedEnd> of = new Columns<>(failed);
        List<Left> left = new ArrayList<>();
        tx.run(INSERT, of.uuids(end -> end.job().uuid()), of.positions(RecordedEnd::position))
                .forEach(row ->
                        left.add(new Left(row.getString("task"), row.getString("queue"), row.getLong("letters"))));
        return left;
    }

    private void count(Left left) {
        Counter.builder("millrace_dead_letters")
                .tags("task", left.task(), "queue", left.queue())
                .description("Dead letters that failed jobs left")
                .register(registry)
                .increment((double) left.letters());
    }

    @Override
    public void reopened(Tx tx, Collection<JobId> jobs) {
        tx.run(MARK_REQUEUED, (Object) StoredJobs.uuids(jobs));
    }
}
