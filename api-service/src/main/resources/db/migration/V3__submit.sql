-- What submit leaves for the publishers, and what it remembers of keys.

-- The band that an accepted job waits for because it was full; null for all others.
alter table api.job add column parked text;
create index job_parked on api.job (queue, parked, created_at, id) where parked is not null;
-- What is marked as ended in a Redis that was emptied: the jobs that ended in the last minute.
create index job_finished on api.job (finished_at) where finished_at is not null;

-- Accepted jobs that are not known to lie in Redis: a row per commit, queue and band.
create table api.outbox (
    id       bigint generated always as identity primary key,
    queue    text        not null,
    band     text        not null,
    job_ids  uuid[]      not null,
    due_at   timestamptz not null default now() + interval '15 seconds' -- then any relay may take it
) with (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000);
create index outbox_due on api.outbox (due_at);

create table api.idempotency (
    tenant     text        not null,
    key        text        not null,
    body_hash  bytea       not null, -- SHA-256 of the canonical body of the whole call
    reply      text        not null, -- the job's id; of a bulk call the whole reply
    expires_at timestamptz not null default now() + interval '24 hours',
    primary key (tenant, key)
);
create index idempotency_expiry on api.idempotency (expires_at);

-- What PostgreSQL knows of each shard of Redis.
create table api.shard (
    name     text primary key,
    epoch    int         not null default 0,
    complete boolean     not null default false, -- every live job was put back since the epoch rose
    swept_at timestamptz not null default now()
);
