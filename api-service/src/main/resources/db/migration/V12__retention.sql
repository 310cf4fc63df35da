-- How what is too old is found, oldest first. That of ended jobs is job_finished.

create index job_ignored on api.job (finished_at) where ignore_result and finished_at is not null;
create index dead_letter_open on api.dead_letter (failed_at) where open;
create index quarantine_at on api.quarantine (at);
create index schedule_fire_at on api.schedule_fire (at);
