-- The record of every job. What submit wrote stands first; below it, column for column, the JobStanding that events made.
create schema if not exists api;

create table api.job (
    id            uuid primary key,
    tenant        text        not null,
    task          text        not null,
    queue         text        not null,
    priority      smallint    not null,
    payload       text        not null, -- JSON, equal to what was accepted: only white space, escapes and the notation of numbers may differ
    tags          text[]      not null default '{}',
    metadata      text        not null default '{}', -- JSON object
    trace_parent  text,
    ignore_result boolean     not null default false,
    body_hash     bytea       not null, -- SHA-256 of the canonical request: tells a replay of an id from another job
    created_at    timestamptz not null default now(),
    expires_at    timestamptz,

    version       bigint      not null default 1, -- grows with every change; the ETag
    state         text        not null,
    position      bytea       not null default decode(repeat('00', 25), 'hex'), -- Position.packed()
    attempt       int         not null default 1,
    run           bigint      not null default 1,
    started_position  bytea,
    started_at        timestamptz,
    worker            text,
    progress_position bytea,
    progress_current  bigint,
    progress_total    bigint,
    progress_message  text,
    ended_position    bytea,
    finished_at       timestamptz,
    duration_ms       bigint,
    result            text, -- JSON
    error_type        text,
    error_message     text,
    error_stack       text,
    changed_at    timestamptz not null default now()
) with (fillfactor = 80);

create index job_newest on api.job (tenant, created_at desc, id desc);
create index job_tagged on api.job using gin (tags) where tags <> '{}';
-- What a reconcile walks: the jobs that have not ended, in the order of their ids.
create index job_live on api.job (id) where finished_at is null;
