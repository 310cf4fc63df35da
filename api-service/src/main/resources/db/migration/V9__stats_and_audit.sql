-- How many jobs ended in a minute and in a quarter of an hour, and how long they had waited and ran: counted from api.job every 15 s by
-- whichever instance has the turn. Minutes are kept for two hours, quarters for a day and an hour.
create table api.job_stat (
    tenant    text        not null,
    quarter   boolean     not null, -- whether it is of a quarter of an hour
    at        timestamptz not null, -- when its time begins
    task      text        not null,
    queue     text        not null,
    succeeded bigint      not null,
    failed    bigint      not null,
    timed_out bigint      not null,
    cancelled bigint      not null,
    expired   bigint      not null,
    retried   bigint      not null, -- attempts of these jobs beyond the first of each
    waits     bigint[]    not null, -- those that started at their first attempt, by how long they had waited: 22 buckets
    runs      bigint[]    not null, -- those that ran, by how long: the same buckets
    primary key (tenant, quarter, at, task, queue)
);
create index job_stat_at on api.job_stat (quarter, at);

-- One row, whose lock is the turn.
create table api.job_stat_turn (
    single     boolean     primary key default true check (single),
    counted_to timestamptz not null -- what had ended and was recorded by then is counted
);
insert into api.job_stat_turn (counted_to) values (now());

-- Calls that changed something, or were to: who, what, and how it was answered; never what was sent. Kept for 90 days.
create table api.audit (
    id        bigint      primary key generated always as identity,
    at        timestamptz not null default now(),
    tenant    text        not null,
    who       text        not null, -- the name of the caller's token
    token     text,                 -- its id; null for the installation's own credential
    role      text        not null,
    operation text        not null, -- method and path as the contract has it
    target    text,                 -- what the path names
    status    int         not null
);
create index audit_of_tenant on api.audit (tenant, id desc);
create index audit_at on api.audit (at);
