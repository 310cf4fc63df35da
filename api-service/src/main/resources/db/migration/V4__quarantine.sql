-- Entries of streams that could not be read, kept for people to look at. The projection goes on without them.
create table api.quarantine (
    stream text        not null, -- the stream on which it lay
    entry  text        not null, -- its id on the events stream
    reason text        not null,
    bytes  bytea       not null, -- its fields, as name=value lines in UTF-8
    at     timestamptz not null default now(),
    primary key (stream, entry)
);
