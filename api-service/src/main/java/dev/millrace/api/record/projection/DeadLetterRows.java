package dev.millrace.api.record.projection;

import dev.millrace.postgres.Columns;
import dev.millrace.postgres.Tx;
import java.util.ArrayList;
import java.util.List;

/** Writes {@code api.dead_letter}. */
final class DeadLetterRows {

    /** After the fold: an end that the record does not have leaves none, and one that is told again leaves no second. */
    private static final String INSERT = """
            with made as (
                insert into api.dead_letter (job, position, tenant, task, queue, payload, attempts,
                    error_type, error_message, error_stack, failed_at)
                select j.id, j.ended_position, j.tenant, j.task, j.queue, j.payload, j.attempt,
                    j.error_type, j.error_message, j.error_stack, j.finished_at
                from api.job j join unnest($1::uuid[], $2::bytea[]) as e (job, position)
                    on e.job = j.id and e.position = j.ended_position
                where j.state in ('FAILED', 'TIMED_OUT')
                on conflict (job, position) do nothing
                returning task, queue)
            select task, queue, count(*) as letters from made group by task, queue""";

    private DeadLetterRows() {}

    /** How many dead letters the jobs of a task on a queue left. */
    record Left(String task, String queue, long letters) {}

    /** Those of the ends among the attempts. */
    static List<Left> insert(Tx tx, List<FailedAttempt> attempts) {
        List<FailedAttempt> ends = attempts.stream().filter(FailedAttempt::last).toList();
        List<Left> left = new ArrayList<>();
        if (!ends.isEmpty()) {
            Columns<FailedAttempt> of = new Columns<>(ends);
            tx.run(INSERT, of.uuids(one -> one.job().uuid()), of.positions(FailedAttempt::position))
                    .forEach(row ->
                            left.add(new Left(row.getString("task"), row.getString("queue"), row.getLong("letters"))));
        }
        return left;
    }
}
