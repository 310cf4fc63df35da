-- Which worker declares which version of a workflow. A worker declares one of each name.
create table api.flow_offer (
    name    text not null,
    worker  text not null references api.worker (id) on delete cascade,
    version int  not null,
    primary key (name, worker)
);
create index flow_offer_by_worker on api.flow_offer (worker);

-- The version of a workflow of code that a start gets: the highest that a living worker declares, or the highest of all.
create function api.version_of_code(wanted text) returns int stable language sql as $$
    select d.version from api.flow_definition d where d.tenant = '' and d.name = wanted and d.deleted_at is null
    order by exists (
        select from api.flow_offer o join api.worker w on w.id = o.worker
        where o.name = d.name and o.version = d.version and not w.gone and w.heard_at > now() - interval '60 seconds') desc,
        d.version desc
    limit 1
$$;

-- What a tick has started; null if it was to make a job, or made nothing.
alter table api.schedule_fire add column workflow uuid;
