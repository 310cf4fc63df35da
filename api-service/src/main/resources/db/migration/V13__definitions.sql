-- Graphs that have a name. A version never changes; a workflow keeps the graph with which it began.
create table api.flow_definition (
    tenant        text        not null, -- '' of what workers declare, which all tenants see
    name          text        not null,
    version       int         not null check (version >= 1),
    spec          bytea       not null references api.flow_spec (hash),
    body_hash     bytea       not null, -- SHA-256 of the canonical definition: equal ones are one version
    description   text        not null default '',
    input_schema  text,                 -- JSON Schema; null for any input
    timeout_ms    bigint,
    priority      smallint,
    tags          text[]      not null default '{}',
    created_at    timestamptz not null default now(),
    superseded_at timestamptz,          -- since when it is not the one that a start without a version gets
    deleted_at    timestamptz,          -- since when nothing starts with it any more
    primary key (tenant, name, version)
);
create unique index flow_definition_current on api.flow_definition (tenant, name) where superseded_at is null and tenant <> '';
create index flow_definition_superseded on api.flow_definition (superseded_at) where superseded_at is not null;

-- What it was started by; null for a graph of its own.
alter table api.workflow
    add column definition         text,
    add column definition_version int;
create index workflow_of_definition on api.workflow (tenant, definition, definition_version) where definition is not null;

-- Whose tick it is of; null without one.
alter table api.workflow add column schedule_id text;
create index workflow_live_of_schedule on api.workflow (tenant, schedule_id) where schedule_id is not null and finished_at is null;
create index workflow_of_schedule on api.workflow (tenant, schedule_id, created_at desc, id desc) where schedule_id is not null;
