package dev.millrace.api.service.audit;

import dev.millrace.api.http.access.Caller;
import dev.millrace.postgres.Db;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/** The rows of {@code api.audit}. Blocks for PostgreSQL. */
@Singleton
class AuditTable {

    private static final Duration LIMIT = Duration.ofSeconds(2);

    private static final String INSERT = """
            insert into api.audit (tenant, who, token, role, operation, target, status, trace, before, after)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9::text::jsonb, $10::text::jsonb)""";

    private static final String PAGE = """
            select id, at, who, token, role, operation, target, status, trace, before::text as before, after::text as after
            from api.audit
            where tenant = $1 and id < $2 order by id desc limit $3""";

    private static final String FORGET = """
            delete from api.audit where id in (
                select id from api.audit where at < now() - interval '90 days' order by at limit 10000)""";

    private final Db db;

    AuditTable(Db db) {
        this.db = db;
    }

    void add(Caller caller, Deed deed) {
        db.session(
                LIMIT,
                tx -> tx.run(
                        INSERT,
                        caller.tenant(),
                        caller.name(),
                        caller.token(),
                        caller.role().label(),
                        deed.operation(),
                        deed.target(),
                        deed.status(),
                        deed.trace(),
                        deed.before(),
                        deed.after()));
    }

    /** Those of a tenant that come before one, the latest first. */
    List<AuditEntry> page(String tenant, long before, int limit) {
        return db.session(LIMIT, tx -> tx.list(AuditEntry::of, PAGE, tenant, before, limit));
    }

    /** Deletes what is 90 days old. */
    void forgetOnce() {
        db.session(LIMIT, tx -> tx.run(FORGET));
    }
}
