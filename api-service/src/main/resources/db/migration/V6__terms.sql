-- The terms under which a task runs that its jobs do not set themselves. Workers of before said nothing of retries: their
-- tasks have the defaults until they are announced again, within a minute.

ALTER TABLE api.task
    ADD COLUMN soft_timeout_ms bigint           CHECK (soft_timeout_ms > 0),
    ADD COLUMN max_attempts    integer          NOT NULL DEFAULT 4 CHECK (max_attempts > 0),
    ADD COLUMN backoff         text             NOT NULL DEFAULT 'exponential',
    ADD COLUMN backoff_base_ms bigint           NOT NULL DEFAULT 1000 CHECK (backoff_base_ms >= 0),
    ADD COLUMN backoff_factor  double precision NOT NULL DEFAULT 2,
    ADD COLUMN backoff_max_ms  bigint           NOT NULL DEFAULT 600000 CHECK (backoff_max_ms >= 0),
    ADD COLUMN backoff_jitter  text             NOT NULL DEFAULT 'full';

ALTER TABLE api.task
    ALTER COLUMN max_attempts DROP DEFAULT,
    ALTER COLUMN backoff DROP DEFAULT,
    ALTER COLUMN backoff_base_ms DROP DEFAULT,
    ALTER COLUMN backoff_factor DROP DEFAULT,
    ALTER COLUMN backoff_max_ms DROP DEFAULT,
    ALTER COLUMN backoff_jitter DROP DEFAULT;
