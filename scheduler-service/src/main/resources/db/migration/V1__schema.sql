-- Schedules, what they fired, and the commands that made them. All times are PostgreSQL's own.
create schema if not exists scheduler;

-- Generations and versions are drawn from it, so both only grow, also of a schedule that was removed and made anew.
create sequence scheduler.growth;

create table scheduler.schedule (
    tenant     text        not null,
    id         text        not null,
    generation bigint      not null,
    version    bigint      not null,
    source     text        not null check (source in ('api', 'configuration')),
    plan       text        not null, -- JSON, as clients write it
    job        text        not null, -- JSON, as POST /jobs takes it
    paused     boolean     not null,
    next_at    timestamptz,          -- the first tick that was not dealt with; null if none comes
    decided_at timestamptz,          -- "now" of a decision whose later fires are still to be made
    removed_at timestamptz,          -- a removed one stays for a week, so that it can be told again
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (tenant, id)
);
create index schedule_next on scheduler.schedule (next_at) where next_at is not null;
create index schedule_removed on scheduler.schedule (removed_at) where removed_at is not null;

-- A tick that fired or was missed. The key is what makes it one, whoever writes it.
create table scheduler.fire (
    tenant     text        not null,
    schedule   text        not null,
    generation bigint      not null,
    at         timestamptz not null,
    missed     boolean     not null,
    job        text        not null, -- the schedule's, at the time of the tick
    overlap    text        not null,
    outcome    text,                 -- null until the api has answered
    send_at    timestamptz,          -- when it is sent again; null once it is answered
    sends      int         not null, -- how often it was, the first time included
    primary key (tenant, schedule, generation, at)
);
create index fire_send on scheduler.fire (send_at) where send_at is not null;
create index fire_answered on scheduler.fire (at) where send_at is null;

-- What was answered to a command, for when it comes again.
create table scheduler.command (
    id     uuid        primary key,
    answer text        not null, -- names and values of the entry, as a list in JSON
    at     timestamptz not null
);
create index command_at on scheduler.command (at);

-- How far all schedules were told to an epoch of Redis.
create table scheduler.resync (
    epoch  int     primary key,
    tenant text    not null,
    id     text    not null, -- the last one that was told, with its tenant
    done   boolean not null
);

-- Entries of streams that could not be read, kept for people to look at. Readers go on without them.
create table scheduler.quarantine (
    stream text        not null, -- the stream on which it lay
    entry  text        not null, -- its id there
    reason text        not null,
    bytes  bytea       not null, -- its fields, as name=value lines in UTF-8
    at     timestamptz not null,
    primary key (stream, entry)
);
create index quarantine_at on scheduler.quarantine (at);
