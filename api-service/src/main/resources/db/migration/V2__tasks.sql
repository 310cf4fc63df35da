-- Which tasks exist, and which workers offer them. Fed from the fleet stream; rows are ordered by the entries' ids.

CREATE TABLE api.task (
    name           text    PRIMARY KEY,
    queue          text    NOT NULL,
    description    text    NOT NULL,
    payload_schema text    NOT NULL,
    result_schema  text    NOT NULL,
    timeout_ms     bigint  NOT NULL CHECK (timeout_ms > 0),
    idempotent     boolean NOT NULL,
    -- the entry that announced what stands here; a later one replaces it
    at_ms          bigint  NOT NULL,
    at_seq         bigint  NOT NULL
);

-- Every worker heard of within a day, also those that left: news of theirs may still come late.
CREATE TABLE api.worker (
    id        text        PRIMARY KEY,
    heard_ms  bigint      NOT NULL,
    heard_seq bigint      NOT NULL,
    -- by this database's clock, when the greatest entry so far was applied
    heard_at  timestamptz NOT NULL,
    gone      boolean     NOT NULL
);

CREATE TABLE api.task_worker (
    task   text NOT NULL REFERENCES api.task (name),
    worker text NOT NULL REFERENCES api.worker (id) ON DELETE CASCADE,
    PRIMARY KEY (task, worker)
);

CREATE INDEX task_worker_by_worker ON api.task_worker (worker);

-- Queues that a worker served or a task names as its default. They stay known while no worker is there.
CREATE TABLE api.known_queue (
    name text PRIMARY KEY
);

-- One row. Grows with every change above that readers keep in memory; its lock makes writers take turns.
CREATE TABLE api.task_catalog (
    single  boolean PRIMARY KEY DEFAULT true CHECK (single),
    version bigint  NOT NULL
);

INSERT INTO api.task_catalog (version) VALUES (0);
