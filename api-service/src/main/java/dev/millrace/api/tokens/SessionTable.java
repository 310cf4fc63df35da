package dev.millrace.api.tokens;

import dev.millrace.api.http.access.Caller;
import dev.millrace.api.http.access.credential.TokenHash;
import dev.millrace.api.http.access.credential.TokenText;
import dev.millrace.postgres.Db;
import dev.millrace.postgres.Tx;
import dev.millrace.postgres.Values;
import io.vertx.sqlclient.Row;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Writes the table {@code api.session}. */
@Singleton
class SessionTable {

    /** Of one token. */
    static final int MOST = 100;

    private static final Duration LIMIT = Duration.ofSeconds(2);

    private static final String OPEN = """
            insert into api.session (id, hash, token, tenant, role, name, expires_at)
            select $1, $2, id, tenant, role, name, least(expires_at, now() + $4::bigint * interval '1 second')
            from api.token where id = $3 and expires_at > now() for key share
            returning expires_at""";

    private static final String OPEN_BOUND = """
            insert into api.session (id, hash, bound_to, tenant, role, name, expires_at)
            values ($1, $2, $3, $4, $5, $6, now() + $7::bigint * interval '1 second')
            returning expires_at""";

    /** Those that are over, and the oldest of a token that has too many. */
    private static final String TIDY = """
            delete from api.session where id in (
                (select id from api.session where expires_at <= now() order by expires_at limit 100)
                union all
                (select id from api.session where coalesce(token, '') = $1 order by created_at desc, id offset $2))""";

    private static final String CLOSE = "delete from api.session where id = $1";

    private final Db db;

    SessionTable(Db db) {
        this.db = db;
    }

    /** Until when it lasts; empty if the token that opens it is none any more. */
    Optional<Instant> open(TokenText session, String token, Duration lifetime) {
        return db.session(LIMIT, tx -> {
            Optional<Instant> until =
                    tx.first(SessionTable::until, OPEN, session.id(), hash(session), token, lifetime.toSeconds());
            tidy(tx, token);
            return until;
        });
    }

    /** One of whoever holds the token of the environment: without that it is none. */
    Instant openBound(TokenText session, TokenHash boundTo, Caller caller, Duration lifetime) {
        return db.session(LIMIT, tx -> {
            Optional<Instant> until = tx.first(
                    SessionTable::until,
                    OPEN_BOUND,
                    session.id(),
                    hash(session),
                    boundTo.bytes(),
                    caller.tenant(),
                    caller.role().label(),
                    caller.name(),
                    lifetime.toSeconds());
            tidy(tx, "");
            return until.orElseThrow();
        });
    }

    void close(String session) {
        int unused = db.session(LIMIT, tx -> tx.run(CLOSE, session).rowCount());
    }

    private static void tidy(Tx tx, String token) {
        tx.run(TIDY, token, (long) MOST);
    }

    private static byte[] hash(TokenText session) {
        return TokenHash.of(session.value()).bytes();
    }

    private static Instant until(Row row) {
        return Values.instant(row, "expires_at");
    }
}
