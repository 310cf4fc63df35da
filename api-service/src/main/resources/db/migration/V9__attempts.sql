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
