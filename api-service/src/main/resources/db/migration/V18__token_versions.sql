-- Grows with every change of what is set of a token; the ETag.
alter table api.token add column version bigint not null default 1;
