-- What a job asks of time. The clock of this database makes every time of it absolute.

alter table api.job
    add column kept         boolean not null default false, -- due so late that it waits here alone
    add column terms        text, -- JSON object: what it wants otherwise than its task; null for nothing
    add column max_attempts int     not null default 4; -- by its own terms over those that its task had at submit

-- What the relay passes on when it is due within 5 minutes.
create index job_kept on api.job (due_at, id) where kept;
