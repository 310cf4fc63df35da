package dev.millrace.api.service.retention;

import dev.millrace.api.RealServers;
import java.time.Duration;
import java.util.UUID;

/** Jobs of one test, on a queue of its own, that ended long ago. */
final class OldRows {

    private static final String ENDED = """
            insert into api.job (id, tenant, task, queue, priority, payload, body_hash, state, ignore_result, created_at,
                finished_at, ended_position)
            select gen_random_uuid(), 'default', 'demo.echo', $1, 5, '1', '\\x00', $2, $3, at - interval '1 minute', at,
                decode(repeat('01', 25), 'hex')
            from generate_series(1, $4), lateral (select now() - make_interval(secs => $5) as at)""";
    private static final String LETTERS = """
            insert into api.dead_letter (job, position, tenant, task, queue, payload, attempts, failed_at, resolved_at)
            select id, ended_position, tenant, task, queue, payload, 1, finished_at,
                case when $2 then null else finished_at + interval '1 hour' end
            from api.job where queue = $1 and state = 'FAILED'
                and not exists (select from api.dead_letter d where d.job = job.id)""";
    private static final String ATTEMPTS = """
            insert into api.attempt (job, position, attempt, finished_at)
            select id, ended_position, 1, finished_at from api.job where queue = $1""";

    private final RealServers servers;
    private final String queue = "old-" + UUID.randomUUID();

    OldRows(RealServers servers) {
        this.servers = servers;
    }

    String queue() {
        return queue;
    }

    OldRows ended(int jobs, Duration ago) {
        return ended(jobs, "SUCCEEDED", false, ago);
    }

    OldRows ignored(int jobs, Duration ago) {
        return ended(jobs, "SUCCEEDED", true, ago);
    }

    /** With a failed attempt and a dead letter each. */
    OldRows failed(int jobs, boolean ignored, Duration ago, boolean open) {
        ended(jobs, "FAILED", ignored, ago);
        servers.sql(LETTERS, queue, open);
        return this;
    }

    OldRows withAttempts() {
        servers.sql(ATTEMPTS, queue);
        return this;
    }

    OldRows live(Duration ago) {
        servers.sql("""
                insert into api.job (id, tenant, task, queue, priority, payload, body_hash, state, ignore_result, created_at)
                select gen_random_uuid(), 'default', 'demo.echo', $1, 5, '1', '\\x00', state, ignored,
                    now() - make_interval(secs => $2)
                from unnest(array['SCHEDULED', 'QUEUED', 'RUNNING', 'RETRYING']) as state,
                    unnest(array[true, false]) as ignored""", queue, seconds(ago));
        return this;
    }

    long left() {
        return count("api.job where queue = $1");
    }

    long letters() {
        return count("api.dead_letter where queue = $1");
    }

    long attempts() {
        return count("api.attempt a join api.job j on j.id = a.job where j.queue = $1");
    }

    OldRows ended(int jobs, String state, boolean ignored, Duration ago) {
        servers.sql(ENDED, queue, state, ignored, jobs, seconds(ago));
        return this;
    }

    private long count(String what) {
        return servers.sql("select count(*) from " + what, queue)
                .iterator()
                .next()
                .getLong(0);
    }

    private static double seconds(Duration time) {
        return time.toSeconds();
    }
}
