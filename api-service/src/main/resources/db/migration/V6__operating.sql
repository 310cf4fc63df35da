-- What a worker said of itself when it joined, and with the latest beat that was heard; null until it was heard. A beat counts by
-- the place of its entry on the stream, for beats may be heard twice and out of order.
alter table api.worker
    add column name         text,
    add column host         text,
    add column pid          bigint,
    add column version      text,
    add column mode         text,
    add column started_at   timestamptz, -- by the worker's own clock
    add column beat_ms      bigint not null default 0,
    add column beat_seq     bigint not null default 0,
    add column state        text,
    add column cpu_percent  double precision,
    add column memory_bytes bigint,
    add column leaked_slots int,
    add column queues       text; -- slots, running and held jobs of each: 'default=16/2/3 email=4/0/0'

-- What operators have set of a queue; one without a row has nothing set. What stands here is put back into Redis by whichever
-- instance finds it missing there.
create table api.queue_setting (
    queue         text        primary key,
    paused_at     timestamptz, -- null while it is not paused
    paused_reason text,
    priority      smallint    check (priority between 1 and 10), -- of jobs that name none; null for 5
    version       bigint      not null default 1, -- grows with every change; the ETag
    changed_at    timestamptz not null default now()
);

-- What is told of a queue is found by these, however many jobs there are. Neither is written for a job that runs at once and
-- succeeds: n of a count is in no index, and only jobs that wait for a time are due.
create index job_count_of_queue on api.job_count (queue, state);
create index job_due on api.job (queue, due_at) where due_at is not null;
create index dead_letter_of_queue on api.dead_letter (queue) where open;
