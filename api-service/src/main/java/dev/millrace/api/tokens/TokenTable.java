package dev.millrace.api.tokens;

import dev.millrace.api.http.access.Caller;
import dev.millrace.api.http.access.credential.TokenHash;
import dev.millrace.api.http.access.credential.TokenText;
import dev.millrace.postgres.Db;
import dev.millrace.postgres.Values;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes the table {@code api.token}, and lists it. */
@Singleton
class TokenTable {

    static final int MAX_PAGE = 200;

    private static final Duration LIMIT = Duration.ofSeconds(2);

    private static final String INSERT = """
            with tenant as (insert into api.tenant (name) values ($3) on conflict do nothing)
            insert into api.token (id, hash, tenant, name, role, expires_at, requests_per_second)
            select $1, $2, $3, $4, $5, expires_at, $7
            from (select coalesce($6::timestamptz, now() + interval '90 days')) as asked (expires_at)
            where expires_at > now() and expires_at <= now() + interval '365 days'
            returning\s""" + TokenDocument.COLUMNS;

    private static final String PAGE = "select " + TokenDocument.COLUMNS
            + " from api.token where ($1::text is null or tenant = $1) and id > $2 order by id limit $3";
    private static final String DELETE =
            "delete from api.token where ($1::text is null or tenant = $1) and id = $2 returning "
                    + TokenDocument.COLUMNS;

    private final Db db;

    TokenTable(Db db) {
        this.db = db;
    }

    /** Empty if it would expire at once, or later than in 365 days. */
    Optional<TokenDocument> add(TokenText token, TokenRequest asked) {
        return db.session(
                LIMIT,
                tx -> tx.first(
                        TokenDocument::of,
                        INSERT,
                        token.id(),
                        TokenHash.of(token.value()).bytes(),
                        asked.tenant(),
                        asked.name(),
                        asked.role().label(),
                        Values.time(asked.expiresAt()),
                        asked.requestsPerSecond()));
    }

    /** Those behind an id that are the caller's to give and take, ordered by id. */
    List<TokenDocument> page(Caller caller, String behind, int limit) {
        return db.session(LIMIT, tx -> tx.list(TokenDocument::of, PAGE, tenant(caller), behind, limit));
    }

    /** What it was; empty if there was none, or none that is the caller's to take. */
    Optional<TokenDocument> delete(Caller caller, String id) {
        return db.session(LIMIT, tx -> tx.first(TokenDocument::of, DELETE, tenant(caller), id));
    }

    /** Null for all. */
    private static @Nullable String tenant(Caller caller) {
        return caller.givesToEveryTenant() ? null : caller.tenant();
    }
}
