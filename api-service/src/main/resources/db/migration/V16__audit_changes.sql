-- What a call changed of a setting, as JSON without any payload, and the trace that it belongs to.
alter table api.audit
    add column trace  text,
    add column before jsonb,
    add column after  jsonb;
