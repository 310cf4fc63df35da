-- What operators do to many jobs at once, and how far each has come. Whoever carries out a page of one holds its row until the
-- commit that says so, and then anybody may go on.
create table api.bulk_action (
    id          uuid        primary key,
    tenant      text        not null,
    kind        text        not null check (kind in ('cancel', 'retry', 'delete')),
    filter      text,                 -- JSON object as it was asked; null of one that names its jobs
    ids         uuid[],               -- null of one that has a filter
    reason      text,                 -- of a cancel
    asked_by    text        not null, -- the name of the token
    created_at  timestamptz not null default now(), -- of a filter no later job is meant
    turn_at     timestamptz not null default now(), -- of the latest page: running actions take turns
    state       text        not null default 'RUNNING' check (state in ('RUNNING', 'COMPLETED', 'ABORTED')),
    matched     bigint,               -- how many jobs it found at first; null if these were too many to be counted
    states_left text[],               -- of a filter: the states that are still to be gone through, the first of them from behind the place
    place_at    timestamptz,          -- null before the first page of a state
    place_id    uuid,
    ids_done    int         not null default 0,
    done        bigint      not null default 0,
    skipped     bigint      not null default 0, -- jobs that had left the state, or ended otherwise, when their turn came
    failed      bigint      not null default 0,
    failures    text        not null default '[]', -- JSON: the first hundred
    finished_at timestamptz,
    check ((filter is null) <> (ids is null))
);
create index bulk_action_newest on api.bulk_action (tenant, created_at desc, id desc);
create index bulk_action_running on api.bulk_action (turn_at, id) where state = 'RUNNING';
create index bulk_action_finished on api.bulk_action (finished_at) where finished_at is not null;
