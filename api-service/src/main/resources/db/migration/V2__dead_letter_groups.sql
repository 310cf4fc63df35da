-- Dead letters of one cause make a group, known by its fingerprint. It is a column that PostgreSQL computes when a letter is
-- written, so that every writer has it, instances of the release before among them; letters that are there get it here. This
-- writes the table of letters anew, while nothing reads it.

-- The method in which a failure came up, as class and method: the first frame of the trace that belongs neither to Java nor to
-- what every worker brings along. Without the line, and without the numbers by which compilers tell lambdas and anonymous classes
-- apart, since these change with code that is elsewhere. Null without such a frame.
create function api.own_frame(stack text) returns text language sql immutable parallel safe as $$
    select regexp_replace(
        substring(stack from
            '(?n)^\s*at (?:[A-Za-z0-9_.@-]*/){0,2}((?!(?:java|javax|jdk|sun|com\.sun|jakarta|kotlin|kotlinx|io\.quarkus|io\.vertx|io\.smallrye|io\.netty|io\.micrometer|io\.opentelemetry|org\.jboss|org\.eclipse|org\.graalvm|org\.hibernate|org\.postgresql|org\.apache|com\.fasterxml|dev\.millrace\.(?!worker\.tasks\.)[a-z]+)\.)[^\s(/]+)\('),
        '\$+\d+', '$', 'g')
$$;

-- What has failed in the same task with the same type of error at the same place has one fingerprint: 16 hexadecimal digits.
create function api.fingerprint(task text, error_type text, stack text) returns text language sql immutable parallel safe as $$
    select left(encode(sha256(convert_to(concat_ws(E'\n', task, coalesce(error_type, ''), api.own_frame(stack)), 'UTF8')), 'hex'), 16)
$$;

alter table api.dead_letter
    add column fingerprint text not null generated always as (api.fingerprint(task, error_type, error_stack)) stored;

-- The letters of each group, the newest first; from group to group in one step each.
create index dead_letter_group on api.dead_letter (tenant, open, fingerprint, failed_at desc, id desc);
