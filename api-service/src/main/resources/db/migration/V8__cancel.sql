-- Ends that a client or the clock asks for. A cancel stands here before Redis is asked.

alter table api.job
    add column cancel_requested timestamptz, -- nobody enqueues the job any more
    add column cancel_reason    text; -- the client's, if it gave one

-- What is repeated until it has ended.
create index job_cancelling on api.job (cancel_requested, id) where cancel_requested is not null and finished_at is null;
create index job_expiring on api.job (expires_at, id) where expires_at is not null and finished_at is null;
