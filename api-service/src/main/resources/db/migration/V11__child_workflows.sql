-- Workflows that are members of other ones.

alter table api.workflow
    add column parent       uuid,     -- whose member it is; null for one that was started by itself. All six or none
    add column parent_node  int,      -- of which node of that one's graph
    add column parent_name  text,     -- the name of that node
    add column parent_run   int,      -- of which run of that node
    add column parent_index int,      -- among the members of that run
    add column root         uuid,     -- at which the tree begins; null for that one itself
    add column depth        smallint not null default 0, -- how many stand above it
    add column borrowed     text;     -- JSON object: what it needs of the graph around it, as it was when it was made
-- A member is in the set once, whatever is repeated; and this is how results are read.
create unique index workflow_member on api.workflow (parent, parent_node, parent_run, parent_index) where parent is not null;
create index workflow_of_root on api.workflow (root) where root is not null;

drop index api.workflow_newest;
create index workflow_newest on api.workflow (tenant, created_at desc, id desc) where parent is null;
drop index api.workflow_finished;
create index workflow_finished on api.workflow (finished_at) where parent is null and finished_at is not null;

-- 'cancel' and 'retry' are what a workflow tells those in it, of the run that it knows of; null tells of ends, or only wakes.
alter table api.flow_mail
    add column kind text,
    add column body text; -- of a cancel: the reason
