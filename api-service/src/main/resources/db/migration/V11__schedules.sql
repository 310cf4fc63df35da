-- What the schedulers tell of schedules, what became of their ticks, and what clients ask of them.

alter table api.job add column schedule_id text;
create index job_of_schedule on api.job (tenant, schedule_id, created_at desc, id desc) where schedule_id is not null;
-- Whether a job of a schedule has not ended yet.
create index job_live_of_schedule on api.job (tenant, schedule_id) where schedule_id is not null and finished_at is null;

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
    primary key (tenant, id)
);

-- What became of each tick; decided once. A fire that a client triggered lies between two milliseconds, where no tick does.
create table api.schedule_fire (
    tenant     text        not null,
    schedule   text        not null,
    generation bigint      not null,
    at         timestamptz not null,
    job        uuid, -- null if none was made
    outcome    text        not null,
    detail     text, -- why, of one that was rejected
    primary key (tenant, schedule, generation, at)
);

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
