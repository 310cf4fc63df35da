package dev.millrace.api.http.access;

import dev.millrace.postgres.DatabaseUnavailable;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Reads {@code api.token} and {@code api.session} without a thread that waits. PostgreSQL's clock says what has expired. */
@Singleton
final class TokenRows implements TokenSource {

    private static final Duration AT_MOST = Duration.ofSeconds(2);

    /** A session ends with its token, which may have expired or be gone. */
    private static final String FIND = """
            select id as token, null::text as session, hash, null::bytea as bound_to, tenant, role, name, expires_at,
                requests_per_second
            from api.token where id = any($1) and expires_at > now()
            union all
            select s.token, s.id, s.hash, s.bound_to, s.tenant, s.role, s.name, s.expires_at,
                t.requests_per_second
            from api.session s left join api.token t on t.id = s.token
            where s.id = any($1) and s.expires_at > now() and (s.token is null or t.expires_at > now())""";

    private final Pool pool;

    TokenRows(Pool pool) {
        this.pool = pool;
    }

    /** Ends with {@link DatabaseUnavailable} when PostgreSQL gives no answer within 2 s. */
    @Override
    public CompletionStage<Map<String, Token>> find(Set<String> ids) {
        return pool.preparedQuery(FIND)
                .execute(Tuple.of((Object) ids.toArray(String[]::new)))
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(AT_MOST.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(outage(failure)))
                .thenApply(TokenRows::byId);
    }

    private static Throwable outage(Throwable failure) {
        return DatabaseUnavailable.causes(failure)
                ? new DatabaseUnavailable("PostgreSQL cannot be asked for tokens.", failure)
                : failure;
    }

    private static Map<String, Token> byId(RowSet<Row> found) {
        Map<String, Token> tokens = HashMap.newHashMap(found.size());
        found.forEach(row -> {
            Token token = Token.of(row);
            tokens.put(token.id(), token);
        });
        return tokens;
    }
}
