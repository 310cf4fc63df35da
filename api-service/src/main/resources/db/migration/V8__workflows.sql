-- Workflows: graphs, their runs, the nodes of these, what they are told, and which jobs are their members.

-- A graph as it was sent: one row for all workflows that run it. Its nodes are numbered in the order of writing.
create table api.flow_spec (
    hash bytea primary key, -- SHA-256 of the canonical body
    body text  not null     -- JSON object with root, output and on
);

create table api.workflow (
    id               uuid        primary key,
    tenant           text        not null,
    name             text,
    spec             bytea       not null references api.flow_spec (hash),
    body_hash        bytea       not null, -- SHA-256 of the canonical request: tells a replay of an id from another workflow
    input            text        not null, -- JSON
    priority         smallint,             -- of members that name none; null for that of their queues
    tags             text[]      not null default '{}', -- of members that name none
    metadata         text        not null default '{}', -- JSON object; of members that name none
    trace_parent     text,
    state            text        not null,
    run              int         not null default 1,
    version          bigint      not null default 1, -- grows with every change that can be seen; the ETag
    due_at           timestamptz,          -- when a turn is due though nobody tells it anything
    starts_at        timestamptz,          -- while it is SCHEDULED
    scheduled_for    timestamptz,          -- the time that the request set for its start; null for at once
    deadline_at      timestamptz,
    cancel_requested timestamptz,
    cancel_reason    text,                 -- the client's, if it gave one
    failures         smallint    not null default 0, -- turns in a row that failed
    output           text,                 -- JSON
    output_omitted   bigint,               -- bytes of a result that is too large to stand here
    error_type       text,
    error_message    text,
    created_at       timestamptz not null default now(),
    started_at       timestamptz,
    finished_at      timestamptz
) with (fillfactor = 80);
create index workflow_newest on api.workflow (tenant, created_at desc, id desc);
create index workflow_live on api.workflow (id) where finished_at is null;
create index workflow_due on api.workflow (due_at) where due_at is not null;
create index workflow_finished on api.workflow (finished_at) where finished_at is not null;
create index workflow_of_spec on api.workflow (spec);

create table api.node (
    workflow      uuid        not null references api.workflow (id) on delete cascade,
    number        int         not null, -- in its graph; 0 is the root, a scope comes before what it holds
    name          text        not null,
    run           int         not null default 1,
    state         text        not null,
    size          int         not null default 0, -- members or children
    made          int         not null default 0, -- members so far
    succeeded     int         not null default 0,
    failed        int         not null default 0,
    cause         int,                  -- the node because of which it failed, was not reached or is cancelled; -1 for the workflow
    result        text,                 -- JSON, of what has no member whose result it is
    error_type    text,                 -- of one that runs: why it makes no more members
    error_message text,
    due_at        timestamptz,
    started_at    timestamptz,
    finished_at   timestamptz,
    version       bigint      not null default 1, -- the workflow's when it changed
    primary key (workflow, number)
) with (fillfactor = 70);

-- The items of a map, as they were when it began.
create table api.node_items (
    workflow uuid not null references api.workflow (id) on delete cascade,
    number   int  not null,
    run      int  not null,
    items    text not null, -- JSON list
    primary key (workflow, number, run)
);

-- What a workflow is told, in the commits that make it true: a turn deletes it in the commit that has its effect. Without a foreign
-- key, whose lock would meet that of the turn.
create table api.flow_mail (
    id        bigint      generated always as identity primary key,
    workflow  uuid        not null,
    number    int,                  -- of the node whose members ended, or were continued; null for what only wakes
    run       int,                  -- of that node
    succeeded int         not null default 0, -- so many more
    failed    int         not null default 0, -- so many more, or less
    at        timestamptz not null default now()
) with (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000);
create index flow_mail_of_workflow on api.flow_mail (workflow);

create table api.flow_signal (
    workflow uuid        not null references api.workflow (id) on delete cascade,
    seq      bigint      generated always as identity,
    name     text        not null,
    payload  text        not null, -- JSON
    sent_by  text,
    sent_at  timestamptz not null default now(),
    taken_by int,                  -- the number of the node that took it
    primary key (workflow, seq)
);

-- The place of a job that is a member; of a callback the node is below 0. All four or none. No job moves to another place.
alter table api.job
    add column workflow uuid,
    add column node     int,
    add column node_run int,
    add column member   int;
-- A member is in the set once, whatever is repeated; and this is how results are read.
create unique index job_member on api.job (workflow, node, node_run, member) where workflow is not null;

-- Tells workflows of the ends of their members: a row for each node and statement that ends any, however it does, in its commit. A
-- statement that is repeated ends nothing again. The rows that changed are added up and not joined: sessions on the path of jobs join by
-- nested loops.
create function api.mail_ends() returns trigger language plpgsql as $$
begin
    if exists (select from added where workflow is not null) then
        insert into api.flow_mail (workflow, number, run, succeeded, failed)
        select workflow, node, node_run, sum(succeeded), sum(failed) from (
            select workflow, node, node_run,
                (state = 'SUCCEEDED')::int as succeeded, (finished_at is not null and state <> 'SUCCEEDED')::int as failed
            from added where workflow is not null and node >= 0
            union all
            select workflow, node, node_run,
                -(state = 'SUCCEEDED')::int, -(finished_at is not null and state <> 'SUCCEEDED')::int
            from removed where workflow is not null and node >= 0) change
        group by 1, 2, 3 having sum(succeeded) <> 0 or sum(failed) <> 0 order by 1, 2, 3;
    end if;
    return null;
end $$;

create trigger mail_ended after update on api.job
    referencing old table as removed new table as added for each statement execute function api.mail_ends();
