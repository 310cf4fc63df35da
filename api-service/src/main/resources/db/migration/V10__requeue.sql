-- Jobs that ended without success, and go on.

alter table api.job
    add column superseded_up_to bytea, -- Position of the end that the latest requeue continued from: events up to it change nothing
    add column scheduled_for    timestamptz; -- the time that submit set for its first run; null for at once

update api.job set scheduled_for = due_at where state = 'SCHEDULED';

-- A row for each end as FAILED or TIMED_OUT, written in the commit that brings the end into the record.
create table api.dead_letter (
    id            uuid        primary key default gen_random_uuid(),
    job           uuid        not null references api.job (id) on delete cascade,
    position      bytea       not null, -- of the end: by it the letter is written once
    tenant        text        not null,
    task          text        not null,
    queue         text        not null,
    payload       text        not null, -- with which it failed: a requeue may change the job's
    attempts      int         not null,
    error_type    text,
    error_message text,
    error_stack   text,
    failed_at     timestamptz not null,
    requeued_at   timestamptz,
    resolved_at   timestamptz,
    open          boolean     not null generated always as (requeued_at is null and resolved_at is null) stored,
    unique (job, position)
);
create index dead_letter_newest on api.dead_letter (tenant, open, failed_at desc, id desc);

insert into api.dead_letter (job, position, tenant, task, queue, payload, attempts, error_type, error_message, error_stack,
    failed_at)
select id, ended_position, tenant, task, queue, payload, attempt, error_type, error_message, error_stack, finished_at
from api.job where state in ('FAILED', 'TIMED_OUT');
