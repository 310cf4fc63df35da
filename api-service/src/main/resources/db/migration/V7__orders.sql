-- Jobs that jobs order, and what became of these orders.

alter table api.job add column parent uuid; -- the job that ordered it

-- The jobs that one has ordered, the newest first.
create index job_of_parent on api.job (tenant, parent, created_at desc, id desc) where parent is not null;

-- What runs have ordered and no instance has looked at yet: a row for each end that carries orders, written in the commit that
-- brings the end into the record. It has all that is needed of the job, which may be deleted before.
create table api.job_order (
    id           bigint      generated always as identity primary key,
    parent       uuid        not null,
    position     bytea       not null, -- of the event that carried them: by it the row is written once
    tenant       text        not null,
    priority     smallint    not null,
    trace_parent text,
    orders       text        not null, -- JSON: a list of {"key", "job"}
    ordered_at   timestamptz not null default now(),
    unique (parent, position)
) with (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000);

-- What became of each order, by its key. One that was made stays so.
create table api.child (
    parent  uuid not null references api.job (id) on delete cascade,
    key     text not null,
    place   int  not null, -- among the orders of its run, from 1
    job     uuid,          -- null if it was refused
    problem text,          -- JSON: why it was refused
    primary key (parent, key),
    check ((job is null) <> (problem is null))
);
