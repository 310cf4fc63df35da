-- Results that are kept for a time of their own, jobs that clients delete, and ends that are kept by their state.

alter table api.job add column result_ttl_ms bigint; -- for how long after its end the result is kept; null for as long as the job

-- Milliseconds are the same in every time zone, which PostgreSQL cannot know of intervals.
create function api.later(at timestamptz, ms bigint) returns timestamptz language sql immutable parallel safe as $$
    select to_timestamp(extract(epoch from at) + ms / 1000.0)
$$;

-- The results whose time is up, and those whose time is to come. Of jobs without a time for their result there is no entry.
create index job_result_due on api.job (api.later(finished_at, result_ttl_ms))
    where result_ttl_ms is not null and result is not null;

-- The oldest ends of each state, where a state may be kept for another time than the others. Most jobs succeed: theirs are found
-- by job_finished, which has few others among them.
create index job_finished_otherwise on api.job (state, finished_at) where finished_at is not null and state <> 'SUCCEEDED';
