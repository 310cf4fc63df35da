-- Since when the history of schedules is kept: from the decision on, since a tick may be caught up long after its time.

alter table api.schedule_fire add column noted_at timestamptz not null default now();
create index schedule_fire_noted on api.schedule_fire (noted_at);
create index schedule_removed on api.schedule (removed_at) where removed_at is not null;
drop index api.schedule_fire_at;
