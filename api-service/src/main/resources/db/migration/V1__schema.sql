-- What the api keeps: the record of every job with its attempts and dead letters, what is on its way to Redis, what is known of
-- tasks, workers and schedules, and what nobody could read. The clock of this database makes every time of it absolute.
create schema if not exists api;

-- The record. What submit wrote stands first; then what clients and publishers did since; then, column for column, the status that
-- events made.
create table api.job (
    id               uuid        primary key,
    tenant           text        not null,
    task             text        not null,
    queue            text        not null,
    priority         smallint    not null,
    payload          text        not null, -- JSON, equal to what was accepted: only white space, escapes and the notation of numbers may differ
    tags             text[]      not null default '{}',
    metadata         text        not null default '{}', -- JSON object
    trace_parent     text,
    ignore_result    boolean     not null default false,
    body_hash        bytea       not null, -- SHA-256 of the canonical request: tells a replay of an id from another job
    policy           text,                 -- JSON object: what it wants otherwise than its task; null for nothing
    max_attempts     int         not null default 4, -- by its own policy over the one that its task had at submit
    schedule_id      text,                 -- the schedule that made it
    created_at       timestamptz not null default now(),
    scheduled_for    timestamptz,          -- the time that submit set for its first run; null for at once
    expires_at       timestamptz,

    parked           text,                 -- the band that it waits for because it was full; null for all others
    kept             boolean     not null default false, -- due so late that it waits here alone
    cancel_requested timestamptz,          -- nobody enqueues the job any more
    cancel_reason    text,                 -- the client's, if it gave one
    version          bigint      not null default 1, -- grows with every change; the ETag
    changed_at       timestamptz not null default now(),

    state             text        not null,
    position          bytea       not null default decode(repeat('00', 25), 'hex'), -- Position.packed()
    superseded_up_to  bytea,               -- Position of the end that the latest requeue continued from: events up to it change nothing
    run               bigint      not null default 1,
    attempt           int         not null default 1,
    due_at            timestamptz,         -- when a job that waits for its time is to run: of one that no event told of yet, what submit
                                           -- wrote; else of the deferral that its position names. Null in every other state
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
    result            text,                -- JSON
    error_type        text,
    error_message     text,
    error_stack       text
) with (fillfactor = 80);

-- How clients list jobs, always the newest first. Jobs of one bulk call share their time, so that without the id an index of
-- tasks or queues keeps one entry for many of them. Most jobs have succeeded: these are found by the other indexes.
create index job_newest on api.job (tenant, created_at desc, id desc);
create index job_of_state on api.job (tenant, state, created_at desc, id desc) where state <> 'SUCCEEDED';
create index job_of_task on api.job (tenant, task, created_at desc);
create index job_of_queue on api.job (tenant, queue, created_at desc);
create index job_of_schedule on api.job (tenant, schedule_id, created_at desc, id desc) where schedule_id is not null;
-- Whether a job of a schedule has not ended yet.
create index job_live_of_schedule on api.job (tenant, schedule_id) where schedule_id is not null and finished_at is null;
-- What a reconcile walks: the jobs that have not ended, in the order of their ids.
create index job_live on api.job (id) where finished_at is null;
-- What waits for room in its band, and what the relay passes on when it is due within 5 minutes.
create index job_parked on api.job (queue, parked, created_at, id) where parked is not null;
create index job_kept on api.job (due_at, id) where kept;
-- Cancels that are repeated until the job has ended, and what nobody started in its time.
create index job_cancelling on api.job (cancel_requested, id) where cancel_requested is not null and finished_at is null;
create index job_expiring on api.job (expires_at, id) where expires_at is not null and finished_at is null;
-- What is marked as ended in a Redis that was emptied, the jobs that ended in the last minute; and how the oldest are found.
create index job_finished on api.job (finished_at) where finished_at is not null;
create index job_ignored on api.job (finished_at) where ignore_result and finished_at is not null;

-- The jobs of each tag in the order of their creation: tags never change. Written and deleted with the job, by the triggers below.
create table api.job_tag (
    tenant     text        not null,
    tag        text        not null,
    created_at timestamptz not null,
    job        uuid        not null,
    primary key (tenant, tag, created_at, job)
);

-- How many jobs there are: the sum of n over all slots. Whatever changes api.job changes this in the same transaction, by the
-- triggers below. A connection has one of 16 slots, so that writers seldom wait for each other.
create table api.job_count (
    tenant text     not null,
    queue  text     not null,
    task   text     not null,
    state  text     not null,
    slot   smallint not null,
    n      bigint   not null, -- of one slot alone it may be negative
    primary key (tenant, queue, task, state, slot)
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

create function api.follow_jobs() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        insert into api.job_count as c (tenant, queue, task, state, slot, n)
        select tenant, queue, task, state, pg_backend_pid() % 16, count(*) from added group by 1, 2, 3, 4 order by 1, 2, 3, 4
        on conflict (tenant, queue, task, state, slot) do update set n = c.n + excluded.n;
        if exists (select from added where tags <> '{}') then
            insert into api.job_tag (tenant, tag, created_at, job)
            select tenant, unnest(tags), created_at, id from added order by 1, 2, 3, 4
            on conflict do nothing;
        end if;
    elsif tg_op = 'DELETE' then
        insert into api.job_count as c (tenant, queue, task, state, slot, n)
        select tenant, queue, task, state, pg_backend_pid() % 16, -count(*) from removed group by 1, 2, 3, 4 order by 1, 2, 3, 4
        on conflict (tenant, queue, task, state, slot) do update set n = c.n + excluded.n;
        delete from api.job_tag t using (select tenant, unnest(tags) as tag, created_at, id from removed) r
        where t.tenant = r.tenant and t.tag = r.tag and t.created_at = r.created_at and t.job = r.id;
    else
        insert into api.job_count as c (tenant, queue, task, state, slot, n)
        select tenant, queue, task, state, pg_backend_pid() % 16, sum(n) from (
            select tenant, queue, task, state, 1 as n from added
            union all
            select tenant, queue, task, state, -1 from removed) change
        group by 1, 2, 3, 4 having sum(n) <> 0 order by 1, 2, 3, 4
        on conflict (tenant, queue, task, state, slot) do update set n = c.n + excluded.n;
    end if;
    return null;
end $$;

-- When all were counted anew, to be sure.
create table api.job_recount (
    single boolean primary key default true check (single),
    at     timestamptz not null
);
insert into api.job_recount (at) values (now());

create trigger follow_added after insert on api.job
    referencing new table as added for each statement execute function api.follow_jobs();
create trigger follow_changed after update on api.job
    referencing old table as removed new table as added for each statement execute function api.follow_jobs();
create trigger follow_removed after delete on api.job
    referencing old table as removed for each statement execute function api.follow_jobs();

-- Attempts that failed, each recorded once by the position of the event that told of it.
create table api.attempt (
    job           uuid        not null references api.job (id) on delete cascade,
    position      bytea       not null, -- Position.packed(): the order in which they failed
    attempt       int         not null,
    worker        text,
    started_at    timestamptz,
    finished_at   timestamptz not null,
    error_type    text,
    error_message text,
    error_stack   text,
    primary key (job, position)
);

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
create index dead_letter_open on api.dead_letter (failed_at) where open;

-- Accepted jobs that are not known to lie in Redis: a row per commit, queue and band.
create table api.outbox (
    id      bigint      generated always as identity primary key,
    queue   text        not null,
    band    text        not null,
    job_ids uuid[]      not null,
    due_at  timestamptz not null default now() + interval '15 seconds' -- then any relay may take it
) with (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000);
create index outbox_due on api.outbox (due_at);

-- What submit remembers of keys.
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
    name     text        primary key,
    epoch    int         not null default 0,
    complete boolean     not null default false, -- every live job was put back since the epoch rose
    checked_at timestamptz not null default now()
);

-- Which tasks exist, and which workers offer them. Fed from the fleet stream; rows are ordered by the entries' ids.
create table api.task (
    name            text             primary key,
    queue           text             not null,
    description     text             not null,
    payload_schema  text             not null,
    result_schema   text             not null,
    idempotent      boolean          not null,
    timeout_ms      bigint           not null check (timeout_ms > 0),
    soft_timeout_ms bigint           check (soft_timeout_ms > 0),
    max_attempts    integer          not null check (max_attempts > 0),
    backoff         text             not null,
    backoff_base_ms bigint           not null check (backoff_base_ms >= 0),
    backoff_factor  double precision not null,
    backoff_max_ms  bigint           not null check (backoff_max_ms >= 0),
    backoff_jitter  text             not null,
    at_ms           bigint           not null, -- the entry that announced what stands here; a later one replaces it
    at_seq          bigint           not null
);

-- Every worker heard of within a day, also those that left: an event of theirs may still come late.
create table api.worker (
    id        text        primary key,
    heard_ms  bigint      not null,
    heard_seq bigint      not null,
    heard_at  timestamptz not null, -- by this database's clock, when the greatest entry so far was applied
    gone      boolean     not null
);

create table api.task_worker (
    task   text not null references api.task (name),
    worker text not null references api.worker (id) on delete cascade,
    primary key (task, worker)
);
create index task_worker_by_worker on api.task_worker (worker);

-- Queues that a worker served or a task names as its default. They stay known while no worker is there.
create table api.known_queue (
    name text primary key
);

-- One row. Grows with every change of the four tables above that readers keep in memory; its lock makes writers take turns.
create table api.task_catalog (
    single  boolean primary key default true check (single),
    version bigint  not null
);
insert into api.task_catalog (version) values (0);

-- A copy of what the schedulers have: the greatest version that was heard of. A removed one stays, so that what is told late
-- does not bring it back.
create table api.schedule (
    tenant     text   not null,
    id         text   not null,
    generation bigint not null,
    version    bigint not null,
    source     text, -- this and what follows: null once it is removed
    plan       text, -- JSON
    job        text, -- JSON
    paused     boolean,
    created_at timestamptz,
    updated_at timestamptz,
    removed_at timestamptz, -- null while it stands
    rejected   int    not null default 0, -- how many of its ticks were in a row, since this version
    primary key (tenant, id)
);
-- Where to look for schedules whose jobs are refused.
create index schedule_suspect on api.schedule (tenant, id) where removed_at is null and (rejected > 0 or source = 'configuration');
create index schedule_removed on api.schedule (removed_at) where removed_at is not null;

-- What became of each tick; decided once. A fire that a client triggered lies between two milliseconds, where no tick does.
create table api.schedule_fire (
    tenant     text        not null,
    schedule   text        not null,
    generation bigint      not null,
    at         timestamptz not null,
    job        uuid, -- null if none was made
    outcome    text        not null,
    detail     text, -- why, of one that was rejected
    noted_at   timestamptz not null default now(), -- kept from the decision on: a tick may be caught up long after its time
    primary key (tenant, schedule, generation, at)
);
create index schedule_fire_noted on api.schedule_fire (noted_at);

-- What clients ask of the schedulers: sent again until it is answered.
create table api.schedule_command (
    id       uuid        primary key,
    position bigint      not null generated always as identity, -- those of one schedule are sent one after the other
    tenant   text        not null,
    schedule text        not null,
    entry    text[]      not null, -- as it is sent: names and values in turn
    sends    int         not null default 0,
    send_at  timestamptz, -- when to send it again; null once it is answered
    answer   text, -- null until it is answered
    asked_at timestamptz not null default now()
);
create index schedule_command_open on api.schedule_command (tenant, schedule, position) where answer is null;
create index schedule_command_due on api.schedule_command (send_at) where answer is null;
create index schedule_command_asked on api.schedule_command (asked_at);

-- Who may call, for which tenant and in which role. One that is revoked is deleted.
create table api.token (
    id         text        primary key,
    hash       bytea       not null unique, -- SHA-256 of the token as its holder sends it, which is kept nowhere
    tenant     text        not null,
    name       text        not null, -- for people
    role       text        not null check (role in ('viewer', 'submitter', 'operator', 'admin')),
    created_at timestamptz not null default now(),
    expires_at timestamptz not null check (expires_at <= created_at + interval '365 days')
);
create index token_of_tenant on api.token (tenant, id);

-- Entries of streams that could not be read, kept for people to look at. Readers go on without them.
create table api.quarantine (
    stream text        not null, -- the stream on which it lay
    entry  text        not null, -- its id there
    reason text        not null,
    bytes  bytea       not null, -- its fields, as name=value lines in UTF-8
    at     timestamptz not null default now(),
    primary key (stream, entry)
);
create index quarantine_at on api.quarantine (at);
