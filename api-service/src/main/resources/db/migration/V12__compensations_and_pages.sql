-- What undoes steps of workflows that fail, lists that are read page by page, and tasks that return graphs.

-- A job whose task has returned a graph, until the graph runs: of one that stands alone, and of members, which keep it.
create index job_returned_alone on api.job (finished_at)
    where workflow is null and state = 'SUCCEEDED' and result like '{"$flow":%';
create index job_returned on api.job (workflow, node, node_run, member)
    where workflow is not null and state = 'SUCCEEDED' and result like '{"$flow":%';

alter table api.node
    add column grafts      int     not null default 0, -- members whose task has returned a graph, which runs in their place
    add column pages_asked int     not null default 0, -- of a list that is read page by page
    add column pages_read  int     not null default 0, -- that came, or did not
    add column pages_over  boolean not null default true, -- whether no page is to come
    add column undo        text; -- how the job stands that undoes it: RUNNING, SUCCEEDED or FAILED; null if there is none
alter table api.workflow
    add column compensate  boolean not null default false, -- whether it is to be undone although it is cancelled
    add column compensated boolean; -- whether all that was to be undone was; null if nothing was, or is yet

alter table api.node_items
    add column page  int not null default 0,
    add column first int not null default 0, -- the index of its first item
    add column next  text, -- JSON: where the next page begins; null of the last
    drop constraint node_items_pkey,
    add primary key (workflow, number, run, page);

-- As before; of a job that undoes the node n the number is -1000 - n, and of one that is made because of an end it lies between.
-- Jobs that read pages are members below 0, and tell of themselves in mail of their own.
create or replace function api.mail_ends() returns trigger language plpgsql as $$
begin
    if exists (select from added where workflow is not null) then
        insert into api.flow_mail (workflow, number, run, kind, succeeded, failed)
        select workflow, node, node_run, kind, sum(succeeded), sum(failed) from (
            select workflow, node, node_run, case when member < 0 then 'page' end as kind,
                (state = 'SUCCEEDED')::int as succeeded, (finished_at is not null and state <> 'SUCCEEDED')::int as failed
            from added where workflow is not null and (node >= 0 or node <= -1000)
            union all
            select workflow, node, node_run, case when member < 0 then 'page' end,
                -(state = 'SUCCEEDED')::int, -(finished_at is not null and state <> 'SUCCEEDED')::int
            from removed where workflow is not null and (node >= 0 or node <= -1000)) change
        group by 1, 2, 3, 4 having sum(succeeded) <> 0 or sum(failed) <> 0 order by 1, 2, 3, 4;
    end if;
    return null;
end $$;
