-- Browsers that call with a cookie in place of a token. Each ends with its token, and earlier when its own time is over.
create table api.session (
    id         text        primary key,
    hash       bytea       not null unique, -- SHA-256 of the cookie's value, which is kept nowhere
    token      text        references api.token (id) on delete cascade,
    bound_to   bytea,      -- SHA-256 of the environment's token that opened it, and without which it is none
    tenant     text        not null, -- this and what follows: the token's
    role       text        not null,
    name       text        not null,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    check ((token is null) <> (bound_to is null))
);
create index session_of_token on api.session (coalesce(token, ''), created_at);
create index session_token on api.session (token); -- for the cascade
create index session_expiry on api.session (expires_at);
