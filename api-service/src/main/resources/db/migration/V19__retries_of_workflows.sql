-- Workflows that are members of others and go on by themselves when they have failed.

alter table api.workflow
    add column retry       text,                   -- JSON: how often and when it does; null for never
    add column attempt     int not null default 1, -- how often it was tried since somebody last asked for it
    add column retry_at    timestamptz,            -- when it is tried again; null unless it waits for that
    add column reopened_at timestamptz;            -- when its run began; null of the first one
