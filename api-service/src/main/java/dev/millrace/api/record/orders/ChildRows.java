package dev.millrace.api.record.orders;

import dev.millrace.job.JobId;
import dev.millrace.postgres.Columns;
import dev.millrace.postgres.Tx;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes {@code api.child}: what became of each order. */
public final class ChildRows {

    private static final String MADE = """
            select c.parent, c.key from unnest($1::uuid[], $2::text[]) as asked (parent, key)
            join api.child c on c.parent = asked.parent and c.key = asked.key
            where c.job is not null""";

    /** In the order of the parents, whose rows are locked against deletion meanwhile. Of a job that is gone nothing is kept. */
    private static final String WRITE = """
            insert into api.child as known (parent, key, place, job, problem)
            select p.id, c.key, c.place, c.job, c.problem
            from unnest($1::uuid[], $2::text[], $3::text[], $4::int4[], $5::uuid[], $6::text[])
                as c (parent, key, tenant, place, job, problem)
            join api.job p on p.id = c.parent and p.tenant = c.tenant
            order by c.parent, c.key
            on conflict (parent, key) do update
                set place = excluded.place, job = excluded.job, problem = excluded.problem
                where known.job is null""";

    private ChildRows() {}

    /** What an order is known by. */
    public record Name(JobId parent, String key) {}

    /**
     * What became of an order: a job or a problem.
     *
     * @param tenant of the parent
     * @param place among the orders of its run, from 1
     * @param problem a JSON document
     */
    public record Child(
            Name name,
            String tenant,
            int place,
            @Nullable JobId job,
            @Nullable String problem) {

        private @Nullable UUID jobUuid() {
            return job == null ? null : job.uuid();
        }
    }

    /** Those of these orders whose jobs were made, at whatever time. */
    public static Set<Name> made(Tx tx, Collection<Name> names) {
        Columns<Name> of = new Columns<>(names);
        Set<Name> made = new HashSet<>();
        tx.run(MADE, of.uuids(name -> name.parent().uuid()), of.texts(Name::key))
                .forEach(row -> made.add(new Name(new JobId(row.getUUID("parent")), row.getString("key"))));
        return made;
    }

    /** Notes what became of orders, each of which is named once. What was made before stays so; what was refused may be made. */
    public static void write(Tx tx, Collection<Child> children) {
        Columns<Child> of = new Columns<>(children);
        tx.run(
                WRITE,
                of.uuids(child -> child.name().parent().uuid()),
                of.texts(child -> child.name().key()),
                of.texts(Child::tenant),
                of.ints(Child::place),
                of.uuids(Child::jobUuid),
                of.texts(Child::problem));
    }
}
