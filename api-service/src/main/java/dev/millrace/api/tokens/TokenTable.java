package dev.millrace.api.tokens;

import dev.millrace.api.http.access.Caller;
import dev.millrace.api.http.access.credential.TokenHash;
import dev.millrace.api.http.access.credential.TokenText;
import dev.millrace.api.http.parameters.IfMatch;
import dev.millrace.postgres.Db;
import dev.millrace.postgres.Tx;
import dev.millrace.postgres.Values;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
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
    private static final String LOCK = "select " + TokenDocument.COLUMNS
            + " from api.token where ($1::text is null or tenant = $1) and id = $2 for update";
    private static final String SET_RATE =
            "update api.token set requests_per_second = $2, version = version + 1 where id = $1 returning "
                    + TokenDocument.COLUMNS;
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

    /**
     * Sets how many requests a second are taken from it. What changes nothing keeps the version.
     *
     * @param rate what is to be set, made of what is; null for the default of the installation
     * @return empty if there is none, or none that is the caller's to give and take
     * @throws dev.millrace.api.http.problem.ProblemException 412 if the client insists on another version
     */
    Optional<Changed> setRate(Caller caller, String id, IfMatch insists, UnaryOperator<@Nullable Integer> rate) {
        return db.transaction(
                LIMIT,
                tx -> tx.first(TokenDocument::of, LOCK, tenant(caller), id).map(before -> {
                    insists.require(before.version());
                    return new Changed(before, setRate(tx, before, rate.apply(before.requestsPerSecond())));
                }));
    }

    private static TokenDocument setRate(Tx tx, TokenDocument before, @Nullable Integer rate) {
        return Objects.equals(rate, before.requestsPerSecond())
                ? before
                : tx.first(TokenDocument::of, SET_RATE, before.id(), rate).orElseThrow();
    }

    /** A token as it was, and as it is. */
    record Changed(TokenDocument before, TokenDocument now) {}

    /** What it was; empty if there was none, or none that is the caller's to take. */
    Optional<TokenDocument> delete(Caller caller, String id) {
        return db.session(LIMIT, tx -> tx.first(TokenDocument::of, DELETE, tenant(caller), id));
    }

    /** Null for all. */
    private static @Nullable String tenant(Caller caller) {
        return caller.givesToEveryTenant() ? null : caller.tenant();
    }
}
