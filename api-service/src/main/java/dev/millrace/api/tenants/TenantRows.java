package dev.millrace.api.tenants;

import dev.millrace.postgres.Tx;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The table {@code api.tenant}. */
final class TenantRows {

    private static final String COLUMNS =
            "name, queued_jobs, schedules, streams, submits_per_second, version, created_at, updated_at";

    private static final String INSERT = """
            insert into api.tenant (name, queued_jobs, schedules, streams, submits_per_second) values ($1, $2, $3, $4, $5)
            on conflict do nothing returning\s""" + COLUMNS;

    private static final String FIND = "select " + COLUMNS + " from api.tenant where name = $1";

    private static final String LOCK = FIND + " for update";

    private static final String PAGE = "select " + COLUMNS + " from api.tenant where name > $1 order by name limit $2";

    private static final String UPDATE = """
            update api.tenant set queued_jobs = $2, schedules = $3, streams = $4, submits_per_second = $5,
                version = version + 1, updated_at = now()
            where name = $1 returning\s""" + COLUMNS;

    private static final String LIMITED = "select " + COLUMNS + " from api.tenant"
            + " where coalesce(queued_jobs, schedules, streams, submits_per_second) is not null";

    private static final String WAITING = """
            select tenant, coalesce(sum(n), 0)::bigint as n from api.job_count
            where tenant = any($1) and state in ('QUEUED', 'SCHEDULED', 'RETRYING') group by tenant""";

    private static final String SCHEDULES =
            "select count(*) from api.schedule where tenant = $1 and removed_at is null";

    private TenantRows() {}

    /** Empty if there is one of this name. */
    static Optional<Tenant> add(Tx tx, String name, Quotas quotas) {
        return tx.first(
                Tenant::of,
                INSERT,
                name,
                quotas.queuedJobs(),
                quotas.schedules(),
                quotas.streams(),
                quotas.submitsPerSecond());
    }

    static Optional<Tenant> find(Tx tx, String name) {
        return tx.first(Tenant::of, FIND, name);
    }

    /** As {@link #find}, and locks it until the end of the transaction. */
    static Optional<Tenant> lock(Tx tx, String name) {
        return tx.first(Tenant::of, LOCK, name);
    }

    /** Those behind this name, in the order of names. */
    static List<Tenant> page(Tx tx, String behind, int limit) {
        return tx.list(Tenant::of, PAGE, behind, limit);
    }

    static Tenant update(Tx tx, String name, Quotas quotas) {
        return tx.first(
                        Tenant::of,
                        UPDATE,
                        name,
                        quotas.queuedJobs(),
                        quotas.schedules(),
                        quotas.streams(),
                        quotas.submitsPerSecond())
                .orElseThrow();
    }

    /** Those for which there is any limit. */
    static List<Tenant> limited(Tx tx) {
        return tx.list(Tenant::of, LIMITED);
    }

    /** How many jobs of these tenants wait; of one without any there may be nothing. */
    static Map<String, Long> waiting(Tx tx, String[] tenants) {
        return StreamSupport.stream(tx.run(WAITING, (Object) tenants).spliterator(), false)
                .collect(Collectors.toUnmodifiableMap(row -> row.getString("tenant"), row -> row.getLong("n")));
    }

    static long schedules(Tx tx, String tenant) {
        return tx.number(SCHEDULES, tenant);
    }
}
