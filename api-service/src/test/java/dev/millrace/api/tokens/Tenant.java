package dev.millrace.api.tokens;

import dev.millrace.api.outbox.Rows;
import java.util.List;
import java.util.UUID;

/**
 * What a tenant of a test has, put into PostgreSQL: a job that waits, another one that nobody cancels, one that has failed, its dead letter, a bulk
 * action, a schedule, a workflow that waits for a signal, and a definition.
 * Of two tokens that nobody holds one is there to be slowed down and the other to be revoked.
 */
record Tenant(
        String name,
        String waiting,
        String live,
        String failed,
        String letter,
        String bulkAction,
        String schedule,
        String workflow,
        String definition,
        String slowed,
        String victim) {

    private static final String PLAN =
            "{\"trigger\":{\"interval\":{\"every\":\"PT1H\",\"anchor\":\"2026-01-01T00:00:00Z\"}}}";

    static Tenant withEverything(String name) {
        Tenant made = new Tenant(
                name,
                UUID.randomUUID().toString(),
                UUID.randomUUID().toString(),
                UUID.randomUUID().toString(),
                UUID.randomUUID().toString(),
                UUID.randomUUID().toString(),
                "schedule-of-" + UUID.randomUUID(),
                UUID.randomUUID().toString(),
                "definition-of-" + UUID.randomUUID(),
                UUID.randomUUID().toString().substring(0, 8),
                UUID.randomUUID().toString().substring(0, 8));
        made.insert();
        return made;
    }

    /** By which a reader would know what this tenant has. */
    List<String> traces() {
        return List.of(name, waiting, live, failed, letter, bulkAction, schedule, workflow, definition, slowed, victim);
    }

    private void insert() {
        for (String job : List.of(waiting, live)) {
            Rows.change("""
                insert into api.job (id, tenant, task, queue, priority, payload, body_hash, state, kept, due_at, scheduled_for)
                values ('%s', '%s', 'demo.echo', 'other', 5, '{"value":1}', '\\x00', 'SCHEDULED', true,
                    now() + interval '1 day', now() + interval '1 day')""".formatted(job, name));
        }
        Rows.change("""
                insert into api.job (id, tenant, task, queue, priority, payload, body_hash, state, finished_at,
                    ended_position, position)
                values ('%s', '%s', 'demo.echo', 'other', 5, '{"value":1}', '\\x00', 'FAILED', now(),
                    decode(repeat('01', 25), 'hex'), decode(repeat('01', 25), 'hex'))""".formatted(failed, name));
        Rows.change("""
                insert into api.dead_letter (id, job, position, tenant, task, queue, payload, attempts, failed_at)
                select '%s', id, position, tenant, task, queue, payload, 1, now() from api.job where id = '%s'""".formatted(letter, failed));
        Rows.change("""
                insert into api.bulk_action (id, tenant, kind, ids, asked_by, state, finished_at)
                values ('%s', '%s', 'cancel', array['%s']::uuid[], 'test', 'COMPLETED', now())""".formatted(bulkAction, name, waiting));
        Rows.change("""
                insert into api.schedule (tenant, id, generation, version, source, plan, job, paused, created_at, updated_at)
                values ('%s', '%s', 1, 1, 'api', '%s', '{"task":"demo.echo","payload":{"value":1}}', false, now(), now())""".formatted(name, schedule, PLAN));
        Rows.change("""
                insert into api.flow_spec (hash, body) values ('\\x01', '{"root":{"name":"approve","signal":"go"}}')
                on conflict do nothing""");
        Rows.change("""
                insert into api.workflow (id, tenant, spec, body_hash, input, state, started_at)
                values ('%s', '%s', '\\x01', '\\x00', 'null', 'WAITING', now())""".formatted(workflow, name));
        Rows.change("""
                insert into api.flow_definition (tenant, name, version, spec, body_hash)
                values ('%s', '%s', 1, '\\x01', '\\x00')""".formatted(name, definition));
        Rows.change("""
                insert into api.node (workflow, number, name, state, started_at)
                values ('%s', 0, 'approve', 'WAITING', now())""".formatted(workflow));
        for (String token : List.of(slowed, victim)) {
            Rows.change("""
                insert into api.token (id, hash, tenant, name, role, expires_at)
                values ('%1$s', sha256('%1$s'), '%2$s', 'nobody', 'viewer', now() + interval '1 day')""".formatted(token, name));
        }
    }
}
