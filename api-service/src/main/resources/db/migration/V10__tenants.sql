-- The tenants that there are, with what admins have set of them. Whoever is given a token has a row.
create table api.tenant (
    name               text        primary key,
    queued_jobs        bigint      check (queued_jobs >= 0),        -- how many may wait; null, here and below, for no limit
    schedules          bigint      check (schedules >= 0),
    streams            bigint      check (streams >= 0),            -- open event streams of each instance of the api
    submits_per_second bigint      check (submits_per_second >= 0), -- of each instance
    version            bigint      not null default 1,
    created_at         timestamptz not null default now(),
    updated_at         timestamptz not null default now()
);
insert into api.tenant (name) select 'default' union select tenant from api.token;
